/**
 * Picks a VM whose tagging will show something: one that is not protected, best of all one that never was.
 * When all are, the one with the fewest restore points loses its tag first, so that it can be tagged again.
 */
import { setTimeout as delay } from "node:timers/promises";
import { ArmRequestError } from "../stack/arm-client.ts";
import { fleet } from "../stack/fleet.ts";
import { TAG_NAME } from "../stack/host-env.ts";
import { tagsOf, tagVm } from "../stack/tag-vm.ts";
import { vmKeyOf } from "../stack/vm-address.ts";
import type { DemoStack } from "./demo-stack.ts";
import { listRestorePoints, listVms } from "./read-api.ts";

/** Azure takes three restore points of one kind per VM and hour. */
const MOST_PER_HOUR = 3;
const HOUR_IN_MILLISECONDS = 3_600_000;
const PATIENCE_MILLISECONDS = 30_000;

type DemoClients = Pick<DemoStack, "api" | "armRequest">;

interface Candidate {
  readonly name: string;
  readonly isTagged: boolean;
  /** Whether the app has ever heard of it. */
  readonly isKnown: boolean;
  readonly recentPoints: number;
}

export async function chooseVm(stack: DemoClients, say: (text: string) => void): Promise<string> {
  const candidates = await candidatesOf(stack);
  const usable = candidates.filter(({ recentPoints }) => recentPoints < MOST_PER_HOUR);
  const [best] = usable.toSorted((one, other) => rank(one) - rank(other));
  if (!best)
    throw new Error(
      `Every VM of the fleet has had its ${MOST_PER_HOUR} restore points of this hour, which is what Azure takes. Start the stack anew, or wait.`,
    );
  if (best.isTagged) {
    say(`${best.name} is tagged already: removing the tag first.`);
    await untag(stack, best.name);
  }
  return best.name;
}

/** Untagged before tagged, and then the one with the fewest restore points. */
const rank = ({ isTagged, isKnown, recentPoints }: Candidate): number =>
  (isTagged ? 10 : 0) + (isKnown ? 1 : 0) + recentPoints;

async function candidatesOf({ api, armRequest }: DemoClients): Promise<Candidate[]> {
  const known = new Set((await listVms(api)).map(({ id }) => id));
  const candidates = fleet.map(async ({ name }) => {
    const tags = await tagsOf(armRequest, name).catch(unlessGone);
    if (tags === undefined) return [];
    const isKnown = known.has(vmKeyOf(name));
    const points = isKnown ? await listRestorePoints(api, vmKeyOf(name)) : [];
    const since = Date.now() - HOUR_IN_MILLISECONDS;
    const recentPoints = points.filter((point) => Date.parse(point.requestedAt) > since).length;
    return [{ name, isTagged: TAG_NAME in tags, isKnown, recentPoints }];
  });
  return (await Promise.all(candidates)).flat();
}

/** Somebody may have deleted a VM of the fleet. */
function unlessGone(error: unknown): undefined {
  if (!(error instanceof ArmRequestError) || error.status !== 404) throw error;
}

/** Resolves when the app knows; otherwise the new tag would look like the old one to it. */
async function untag({ api, armRequest }: DemoClients, vm: string): Promise<void> {
  await tagVm(armRequest, { vm, tag: TAG_NAME, value: undefined, how: "tags" });
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (Date.now() < deadline) {
    const state = (await listVms(api)).find(({ id }) => id === vmKeyOf(vm))?.state;
    if (state !== "Protected" && state !== "Misconfigured") return;
    await delay(100);
  }
  throw new Error(
    `${vm} is still protected ${PATIENCE_MILLISECONDS / 1000} s after it was untagged.`,
  );
}
