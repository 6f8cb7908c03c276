/** VMs by the hundred on a local stack, tagged at once, with a restore point each. */
import { setTimeout as delay } from "node:timers/promises";
import { addVm } from "../local/stack/add-vm.ts";
import type { StackOptions } from "../local/stack/stack-options.ts";
import type { Stack } from "../local/stack/start-stack.ts";
import { vmIdOf } from "../local/stack/vm-address.ts";

const AT_ONCE = 32;

/** `factor`: how many times Azure's budgets there are, of the emulator and of the app's pacer alike. */
export const roomyStack = (factor: number) =>
  ({
    seed: false,
    notifications: false,
    arm: { throttlingFactor: factor, virtualMachineWriteMs: 0, crashConsistentCreateMs: 1000 },
    env: { ARM_BUDGET_FACTOR: `${factor}` },
  }) satisfies StackOptions;

export const addVms = (stack: Stack, names: readonly string[]): Promise<void> =>
  inTurns(names, (name) => addVm(stack, vmIdOf(name)));

export const tagVms = (stack: Stack, names: readonly string[]): Promise<void> =>
  inTurns(names, (name) => stack.tagVm(name, "hourly"));

async function inTurns(
  names: readonly string[],
  run: (name: string) => Promise<void>,
): Promise<void> {
  const waiting = [...names];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await run(name);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** How many are, when all are or the time is over. */
export async function allProtected(stack: Stack, count: number, until: number): Promise<number> {
  for (;;) {
    const done = await countProtected(stack);
    if (done >= count || Date.now() > until) return done;
    await delay(1000);
  }
}

async function countProtected({ api }: Stack): Promise<number> {
  let count = 0;
  let path: string | undefined = "/reports/compliance?top=200";
  while (path !== undefined) {
    const response = await api(path);
    const page = (await response.json()) as {
      value: readonly { lastGoodPoint?: object }[];
      nextLink?: string;
    };
    count += page.value.filter(({ lastGoodPoint }) => lastGoodPoint !== undefined).length;
    path = page.nextLink?.slice(page.nextLink.indexOf("/reports"));
  }
  return count;
}
