import { afterEach, expect, test, vi } from "vitest";
import { Operations } from "../../../local/arm/operations.ts";

const operations = new Operations();
afterEach(() => vi.restoreAllMocks());

const ended = async (id: string) =>
  await vi.waitUntil(() => {
    const operation = operations.get(id);
    return operation?.endTime && operation;
  });

test("an operation runs until its work is done", async () => {
  const work = Promise.withResolvers<undefined>();
  const { id } = operations.start(0, () => work.promise);
  expect(operations.get(id.toUpperCase())).toMatchObject({ id, status: "InProgress" });
  work.resolve(undefined);
  expect(await ended(id)).toMatchObject({ status: "Succeeded" });
});

test("an operation fails with the error that its work answers", async () => {
  const error = { code: "AllocationFailed", message: "Allocation failed." };
  const { id } = operations.start(0, () => error);
  expect(await ended(id)).toMatchObject({ status: "Failed", error });
});

test("an operation whose work throws fails, and the error is printed", async () => {
  const print = vi.spyOn(console, "error").mockReturnValue();
  const { id } = operations.start(0, () => {
    throw new Error("no storage");
  });
  expect(await ended(id)).toMatchObject({
    status: "Failed",
    error: { code: "EmulatorError", message: "Error: no storage" },
  });
  expect(print).toHaveBeenCalledOnce();
});

test("after closing none ends any more, except one whose work had begun", async () => {
  const closing = new Operations();
  const work = Promise.withResolvers<undefined>();
  const begun = vi.fn(() => work.promise);
  const running = closing.start(0, begun);
  const waiting = closing.start(60_000, () => undefined);
  await vi.waitUntil(() => begun.mock.calls.length > 0);
  const closed = closing.close();
  expect(running.status).toBe("InProgress");
  work.resolve(undefined);
  await closed;
  expect(running.status).toBe("Succeeded");
  expect(waiting.status).toBe("InProgress");
});
