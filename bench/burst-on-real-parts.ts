/** VMs tagged at once on a local stack: Azurite, the functions host, Event Grid and the emulator. */
import { setTimeout as delay } from "node:timers/promises";
import { addVm } from "../local/stack/add-vm.ts";
import { type Stack, startStack } from "../local/stack/start-stack.ts";
import { vmIdOf } from "../local/stack/vm-address.ts";

interface RealBurst {
  readonly wanted: number;
  /** VMs that have a restore point in the catalogue. */
  readonly done: number;
  readonly throttled: number;
  /** From the first tag to the last restore point. */
  readonly tookMs: number;
}

const AT_ONCE = 32;
const LONGEST_MS = 20 * 60_000;

/** `factor`: how many times Azure's budgets there are, of the emulator and of the app's pacer alike. */
export async function tagOnRealParts(count: number, factor: number): Promise<RealBurst> {
  const stack = await startStack({
    seed: false,
    arm: { throttlingFactor: factor, virtualMachineWriteMs: 0, crashConsistentCreateMs: 1000 },
    env: { ARM_BUDGET_FACTOR: `${factor}` },
  });
  try {
    const names = Array.from({ length: count }, (_, index) => `burst-${index}`);
    await inTurns(names, (name) => addVm(stack, vmIdOf(name)));
    const since = stack.arm.requests.length;
    const began = Date.now();
    await inTurns(names, (name) => stack.tagVm(name, "hourly"));
    const done = await allProtected(stack, count, began + LONGEST_MS);
    const requests = stack.arm.requests.slice(since);
    const throttled = requests.filter(({ status }) => status === 429).length;
    return { wanted: count, done, throttled, tookMs: Date.now() - began };
  } finally {
    await stack.close();
  }
}

async function inTurns(names: readonly string[], run: (name: string) => Promise<void>) {
  const waiting = [...names];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await run(name);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** How many are, when all are or the time is over. */
async function allProtected(stack: Stack, count: number, until: number): Promise<number> {
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
