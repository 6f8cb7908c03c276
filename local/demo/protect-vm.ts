/** First act: a VM is tagged, and each step is told until its restore point has succeeded. */
import type { Activity } from "../stack/activity.ts";
import { explainActivity } from "../stack/describe-activity.ts";
import { TAG_NAME } from "../stack/host-env.ts";
import { tagVm } from "../stack/tag-vm.ts";
import { vmKeyOf } from "../stack/vm-address.ts";
import type { DemoStack } from "./demo-stack.ts";
import { followVm } from "./follow-vm.ts";
import { describeLegs, seconds } from "./legs.ts";
import { printRestorePoint } from "./print-restore-point.ts";
import { listRestorePoints, type RestorePoint } from "./read-api.ts";

const POLICY = "hourly";

export async function protectVm(
  stack: DemoStack,
  vm: string,
  say: (text: string) => void,
): Promise<RestorePoint> {
  const tell = stepTeller(say);
  const following = await followVm(stack.addresses.activity, vm, (activity) => tell(activity));
  try {
    say(`\nTagging ${vm} with ${TAG_NAME}=${POLICY}. Seconds since then:\n`);
    const taggedAt = tell.start();
    await tagVm(stack.armRequest, { vm, tag: TAG_NAME, value: POLICY, how: "tags" });
    const activities = await following.finished;
    const point = await pointOf(stack, vm, activities);
    say(`\n${printRestorePoint(point)}\n\n${describeLegs(taggedAt, activities)}`);
    return point;
  } finally {
    following.stop();
  }
}

interface StepTeller {
  (activity: Activity): void;
  /** Steps count from now on, in milliseconds since 1970. */
  start(): number;
}

/** Says each step once: two events about one tag lead to the same steps twice. */
function stepTeller(say: (text: string) => void): StepTeller {
  let startedAt = Date.now();
  const said = new Set<string>();
  const tell = ({ ...activity }: Activity) => {
    const text = explainActivity(activity);
    if (text === undefined || said.has(text)) return;
    said.add(text);
    say(`${seconds(Date.parse(activity.at) - startedAt).padStart(9)}  ${text}`);
  };
  const start = () => {
    startedAt = Date.now();
    return startedAt;
  };
  return Object.assign(tell, { start });
}

async function pointOf(
  stack: DemoStack,
  vm: string,
  activities: readonly Activity[],
): Promise<RestorePoint> {
  const name = activities.at(-1)?.fields["point"];
  const points = await listRestorePoints(stack.api, vmKeyOf(vm));
  const point = points.find((each) => each.name === name);
  if (!point) throw new Error(`The API does not list the restore point ${name}.`);
  return point;
}
