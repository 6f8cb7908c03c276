/** What is told of a slot that was closed without an attempt, because no disk was left to protect. Pure. */
import type { Protection } from "../fleet/protection.ts";
import { vmIdOf } from "../fleet/vm-key.ts";
import { type Notification, SOURCE } from "./notification.ts";

/** Undefined: the slot named by its restore point is not the last one closed, or did not fail. */
export function describeClosedSlot(
  { vm, lastSlot }: Protection,
  restorePoint: string,
): Notification | undefined {
  if (lastSlot?.point !== restorePoint || lastSlot.error === undefined) return undefined;
  const { slot, at: time, error } = lastSlot;
  return {
    id: `${vm}~${restorePoint}~${time}`,
    source: SOURCE,
    type: "VmRestorePoints.RestorePointFailed",
    subject: vmIdOf(vm),
    time,
    data: { vm, restorePoint, slot, error },
  };
}
