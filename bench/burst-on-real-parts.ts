/** VMs tagged at once on a local stack: Azurite, the functions host, Event Grid and the emulator. */
import { startStack } from "../local/stack/start-stack.ts";
import { addVms, allProtected, roomyStack, tagVms } from "./many-vms.ts";

interface RealBurst {
  readonly wanted: number;
  /** VMs that have a restore point in the catalogue. */
  readonly done: number;
  readonly throttled: number;
  /** From the first tag to the last restore point. */
  readonly tookMs: number;
}

const LONGEST_MS = 20 * 60_000;

/** `factor`: how many times Azure's budgets there are, of the emulator and of the app's pacer alike. */
export async function tagOnRealParts(count: number, factor: number): Promise<RealBurst> {
  const stack = await startStack(roomyStack(factor));
  try {
    const names = Array.from({ length: count }, (_, index) => `burst-${index}`);
    await addVms(stack, names);
    const since = stack.arm.requests.length;
    const began = Date.now();
    await tagVms(stack, names);
    const done = await allProtected(stack, count, began + LONGEST_MS);
    const requests = stack.arm.requests.slice(since);
    const throttled = requests.filter(({ status }) => status === 429).length;
    return { wanted: count, done, throttled, tookMs: Date.now() - began };
  } finally {
    await stack.close();
  }
}
