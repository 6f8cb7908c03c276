import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FaultAnswer } from "../../local/arm/faults.ts";
import type { Stack } from "../../local/stack/start-stack.ts";
import { restorePointPuts, restorePoints } from "./api.ts";
import { addTaggedVm, expectOneRestorePoint, startKillableStack } from "./kills.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startKillableStack();
});
afterAll(() => stack?.close());

const put = (vm: string) => new RegExp(`/rpc-${vm}-[^/]+/restorePoints/`, "i");

const tooMany: FaultAnswer = {
  status: 429,
  headers: { "Retry-After": "2" },
  body: { code: "OperationNotAllowed", message: "Too many requests.", details: [] },
};
const unavailable: FaultAnswer = {
  status: 503,
  body: { error: { code: "ServerTimeout", message: "Please try again later." } },
};

describe.concurrent("whatever happens to the PUT of the restore point, the VM ends with exactly one", () => {
  test.each([
    ["throttled", tooMany],
    ["unavailable", unavailable],
    ["cut-before", "reset"],
    ["cut-after", "drop-response"],
    ["too-slow", { delayMs: 1500 }],
  ] satisfies [string, FaultAnswer][])("%s", async (vm, answer) => {
    stack.arm.faults.add({ method: "PUT", path: put(vm), answer });
    await addTaggedVm(stack, vm);
    await expectOneRestorePoint(stack, vm);
  });
});

test("a look that is throttled or fails does not end the operation", async () => {
  const path = /\/operations\//i;
  stack.arm.faults.add({ method: "GET", path, answer: tooMany });
  stack.arm.faults.add({ method: "GET", path, answer: "reset" });
  stack.arm.faults.add({ method: "GET", path, answer: unavailable });
  await addTaggedVm(stack, "looked-at");
  await expectOneRestorePoint(stack, "looked-at");
});

test("a VM whose reading is throttled is planned again after Retry-After", async () => {
  stack.arm.faults.add({
    method: "GET",
    path: /virtualMachines\/busy$/i,
    times: 2,
    answer: tooMany,
  });
  await addTaggedVm(stack, "busy");
  await expectOneRestorePoint(stack, "busy");
});

test("an operation that Azure ends Failed is recorded with ARM's code, and nothing else is made at once", async () => {
  const message = "RestorePoint creation failed since no disk was ready.";
  stack.arm.faults.failNextOperation({ kind: "createRestorePoint", code: "Unknown", message });
  await addTaggedVm(stack, "failing");
  const failed = await waitFor("the failed restore point", async () =>
    (await restorePoints(stack, "failing")).find(({ state }) => state === "Failed"),
  );
  expect(failed.error).toMatchObject({ code: "Unknown", message });
  expect(restorePointPuts(stack, "failing")).toEqual(["t1-a1"]);
});
