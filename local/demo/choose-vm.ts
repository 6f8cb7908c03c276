/**
 * Picks a VM whose tagging will show something: one that is not protected, best of all one that never was.
 * When all are, the one with the fewest restore points loses its tag first, so that it can be tagged again.
 */
import { fleet } from "../stack/fleet.ts";
import { TAG_NAME } from "../stack/host-env.ts";
import { tagsOf, tagVm } from "../stack/tag-vm.ts";
import { vmKeyOf } from "../stack/vm-address.ts";
import type { DemoStack } from "./demo-stack.ts";
import { listRestorePoints, listVms, type VmState } from "./read-api.ts";

/** Azure takes three restore points of one kind per VM and hour. */
const MOST_PER_HOUR = 3;
const HOUR_IN_MILLISECONDS = 3_600_000;

interface Candidate {
  readonly name: string;
  readonly state: VmState["state"] | undefined;
  readonly recentPoints: number;
}

export async function chooseVm(stack: DemoStack, say: (text: string) => void): Promise<string> {
  const candidates = await candidatesOf(stack);
  const usable = candidates.filter(({ recentPoints }) => recentPoints < MOST_PER_HOUR);
  const [best] = usable.toSorted((one, other) => rank(one) - rank(other));
  if (!best)
    throw new Error(
      `Every VM of the fleet has had its ${MOST_PER_HOUR} restore points of this hour, which is what Azure takes. Start the stack anew, or wait.`,
    );
  if ((await tagsOf(stack.armRequest, best.name))[TAG_NAME] !== undefined) {
    say(`${best.name} is tagged already: removing the tag first.`);
    await untag(stack, best.name);
  }
  return best.name;
}

/** Unprotected before protected, then the one with the fewest restore points. */
const rank = ({ state, recentPoints }: Candidate): number =>
  (state === "Protected" ? 10 : 0) + (state === undefined ? 0 : 1) + recentPoints;

async function candidatesOf(stack: DemoStack): Promise<Candidate[]> {
  const known = await listVms(stack.api);
  const since = Date.now() - HOUR_IN_MILLISECONDS;
  return await Promise.all(
    fleet.map(async ({ name }) => {
      const state = known.find(({ id }) => id === vmKeyOf(name))?.state;
      const points = state === undefined ? [] : await listRestorePoints(stack.api, vmKeyOf(name));
      const recent = points.filter(({ requestedAt }) => Date.parse(requestedAt) > since);
      return { name, state, recentPoints: recent.length };
    }),
  );
}

async function untag(stack: DemoStack, vm: string): Promise<void> {
  await tagVm(stack.armRequest, { vm, tag: TAG_NAME, value: undefined, how: "tags" });
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const state = (await listVms(stack.api)).find(({ id }) => id === vmKeyOf(vm))?.state;
    if (state !== "Protected" && state !== "Misconfigured") return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${vm} is still protected 30 s after its tag was removed.`);
}
