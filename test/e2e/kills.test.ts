import { afterAll, beforeAll, describe, test } from "vitest";
import type { Stack } from "../../local/stack/start-stack.ts";
import { addTaggedVm, expectOneRestorePoint, killAndRestart, startKillableStack } from "./kills.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startKillableStack();
});
afterAll(() => stack?.close());

/** Holds up one request to ARM, so that the host is surely killed while it waits for the answer. */
async function killDuring(vm: string, method: string, path: RegExp): Promise<void> {
  const seen = stack.arm.requests.length;
  stack.arm.faults.add({ method, path, answer: { delayMs: 400 } });
  await addTaggedVm(stack, vm);
  await waitFor(`${method} ${path}`, () =>
    stack.arm.requests
      .slice(seen)
      .find((request) => request.method === method && path.test(request.path)),
  );
  await killAndRestart(stack);
}

describe("kill -9 of the functions host", () => {
  test("while it reads the tagged VM: the VM still gets its one restore point", async () => {
    await addTaggedVm(stack, "warm-up");
    await killDuring("kill-1", "GET", /virtualMachines\/kill-1$/i);
    await expectOneRestorePoint(stack, "kill-1");
  });

  test("while Azure takes the restore point: it is found again, not made twice", async () => {
    await killDuring("kill-2", "PUT", /rpc-kill-2-[^/]+\/restorePoints\//i);
    await expectOneRestorePoint(stack, "kill-2");
  });

  test("while it looks at the operation: the next look finds it", async () => {
    await killDuring("kill-3", "GET", /\/operations\//i);
    await expectOneRestorePoint(stack, "kill-3");
  });
});
