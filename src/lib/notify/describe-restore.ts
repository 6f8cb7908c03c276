/** What is told of a restore that has ended. Pure. */
import { vmIdOf } from "../fleet/vm-key.ts";
import { isReading, type Restore, restoredId } from "../restores/restore.ts";
import { type Notification, SOURCE } from "./notification.ts";

/**
 * One that failed is told as soon as it is being cleaned up, with what stays. Undefined: it goes on, as it does when it is
 * asked for again.
 */
export function describeRestore(restore: Restore): Notification | undefined {
  const { id, vm, kind, point: restorePoint, region, attempt, error } = restore;
  const time = restore.failedAt ?? restore.endedAt;
  if (isReading(restore) || time === undefined) return undefined;
  const common = { id: `${id}!${attempt}`, source: SOURCE, subject: vmIdOf(vm), time } as const;
  const stays = error ? "Kept" : "Created";
  const there = restore.resources.filter(({ state }) => state === stays);
  const data = {
    ...{ vm, restorePoint, kind, operation: id },
    ...(region === undefined ? {} : { region }),
    resources: there.map((resource) => restoredId(restore, resource)),
  };
  return error
    ? { ...common, type: "VmRestorePoints.RestoreFailed", data: { ...data, error } }
    : { ...common, type: "VmRestorePoints.RestoreCompleted", data };
}
