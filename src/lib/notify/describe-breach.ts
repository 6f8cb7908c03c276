/** What is told of a VM that misses its RPO. Pure. */
import { rpoOf } from "../answers/report-compliance.ts";
import type { Protection } from "../fleet/protection.ts";
import { vmIdOf } from "../fleet/vm-key.ts";
import { durationText } from "../policy/duration.ts";
import type { Policies } from "../policy/resolve-protection.ts";
import { type Notification, SOURCE } from "./notification.ts";

/** Undefined: the VM has a newer restore point meanwhile, or was promised something else. */
export function describeBreach(
  protection: Protection,
  policies: Policies,
  since: string,
): Notification | undefined {
  const rpo = rpoOf(protection, policies);
  if (rpo === undefined || rpo.missedAt !== Date.parse(since)) return undefined;
  const { vm, policies: names, lastGoodPoint } = protection;
  return {
    id: `${vm}!breach-${since}`,
    source: SOURCE,
    type: "VmRestorePoints.RpoBreached",
    subject: vmIdOf(vm),
    time: since,
    data: {
      ...{ vm, policies: names, rpoTarget: durationText(rpo.target) },
      ...(lastGoodPoint ? { lastGoodPoint } : {}),
    },
  };
}
