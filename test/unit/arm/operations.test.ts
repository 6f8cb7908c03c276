import { afterEach, expect, test, vi } from "vitest";
import { Clock } from "../../../local/arm/clock.ts";
import type { Operation, OperationKind } from "../../../local/arm/operations/operation.ts";
import { type Behaviour, Operations } from "../../../local/arm/operations/operations.ts";
import { Journal } from "../../../local/arm/state/journal.ts";
import { ResourceMap } from "../../../local/arm/state/resource-map.ts";

const HOUR = 3_600_000;
const KIND: OperationKind = "deleteDisk";

function given(behaviour: Behaviour) {
  const clock = new Clock();
  const kept = new ResourceMap<Operation>(new Journal(), "operations");
  const operations = new Operations(kept, clock, () => 24 * HOUR);
  operations.behave(KIND, behaviour);
  const request = { method: "DELETE", url: "", correlationId: "", clientRequestId: "" };
  const accepted = {
    kind: KIND,
    target: "/disks/one",
    subscriptionId: "1",
    location: "westeurope",
  };
  const start = (ms: number | undefined, fault?: { code: string; message: string }) =>
    operations.start({ ...accepted, input: {}, request, fault }, ms);
  return { clock, operations, start };
}

afterEach(() => vi.restoreAllMocks());

const ended = async ({ operations }: ReturnType<typeof given>, id: string) =>
  await vi.waitUntil(() => {
    const operation = operations.get(id);
    return operation?.endTime && operation;
  });

test("an operation runs until its work is done", async () => {
  const work = Promise.withResolvers<undefined>();
  const all = given({ finish: () => work.promise });
  const { id } = all.start(0);
  expect(all.operations.get(id.toUpperCase())).toMatchObject({ id, status: "InProgress" });
  work.resolve(undefined);
  expect(await ended(all, id)).toMatchObject({ status: "Succeeded" });
});

const error = { code: "AllocationFailed", message: "Allocation failed." };

test("an operation fails with the error that its work answers, and what was begun is set right", async () => {
  const fail = vi.fn();
  const all = given({ finish: () => error, fail });
  const { id } = all.start(0);
  expect(await ended(all, id)).toMatchObject({ status: "Failed", error });
  expect(fail).toHaveBeenCalledWith(expect.objectContaining({ id }), error);
});

test("an operation that shall fail does not do its work", async () => {
  const finish = vi.fn();
  const all = given({ finish });
  const { id } = all.start(0, error);
  expect(await ended(all, id)).toMatchObject({ status: "Failed", error });
  expect(finish).not.toHaveBeenCalled();
});

test("an operation whose work throws fails, and the error is printed", async () => {
  const print = vi.spyOn(console, "error").mockReturnValue();
  const all = given({
    finish: () => {
      throw new Error("no storage");
    },
  });
  const { id } = all.start(0);
  expect(await ended(all, id)).toMatchObject({
    status: "Failed",
    error: { code: "EmulatorError", message: "Error: no storage" },
  });
  expect(print).toHaveBeenCalledOnce();
});

test("an operation ends when time is advanced to its end", async () => {
  const all = given({ finish: () => undefined });
  const { id } = all.start(HOUR);
  all.clock.advance(HOUR);
  expect(await ended(all, id)).toMatchObject({ status: "Succeeded" });
});

test("nothing ends while operations are frozen, and what is due ends when they are released", async () => {
  const all = given({ finish: () => undefined });
  all.operations.freeze();
  const { id } = all.start(HOUR);
  all.clock.advance(2 * HOUR);
  await all.operations.idle();
  expect(all.operations.get(id)).toMatchObject({ status: "InProgress" });
  all.operations.release();
  expect(await ended(all, id)).toMatchObject({ status: "Succeeded" });
});

test("an operation that hangs ends when operations are released", async () => {
  const all = given({ finish: () => undefined });
  const { id } = all.start(undefined);
  all.clock.advance(HOUR);
  expect(all.operations.get(id)).toMatchObject({ status: "InProgress" });
  all.operations.release();
  expect(await ended(all, id)).toMatchObject({ status: "Succeeded" });
});

test("an operation can be asked about for as long as it is kept", async () => {
  const all = given({ finish: () => undefined });
  const { id } = all.start(0);
  await ended(all, id);
  all.clock.advance(23 * HOUR);
  all.start(HOUR);
  expect(all.operations.get(id)).toBeDefined();
  all.clock.advance(2 * HOUR);
  all.start(HOUR);
  expect(all.operations.get(id)).toBeUndefined();
});

test("after closing none ends any more, except one whose work had begun", async () => {
  const work = Promise.withResolvers<undefined>();
  const begun = vi.fn(() => work.promise);
  const all = given({ finish: begun });
  const running = all.start(0);
  const waiting = all.start(60_000);
  await vi.waitUntil(() => begun.mock.calls.length > 0);
  const closed = all.operations.close();
  work.resolve(undefined);
  await closed;
  expect(all.operations.get(running.id)?.status).toBe("Succeeded");
  expect(all.operations.get(waiting.id)?.status).toBe("InProgress");
});

test("an operation that is ending when all are released does its work once", async () => {
  const work = Promise.withResolvers<undefined>();
  const finish = vi.fn(() => work.promise);
  const all = given({ finish });
  const { id } = all.start(0);
  await vi.waitUntil(() => finish.mock.calls.length > 0);
  all.operations.release();
  all.clock.advance(HOUR);
  work.resolve(undefined);
  expect(await ended(all, id)).toMatchObject({ status: "Succeeded" });
  await all.operations.idle();
  expect(finish).toHaveBeenCalledTimes(1);
});
