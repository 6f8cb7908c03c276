/** A restore point that failed as far as the catalogue knows, and that Azure has. */
import { isNewestGood } from "../fleet/newest-good.ts";
import { protectionKey } from "../fleet/protection.ts";
import { type Point, pointKey } from "../fleet/restore-point.ts";
import type { RestorePointReading } from "../operations/arm.ts";
import { changeRecord } from "../state/change-record.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";

/** Azure made it after all, and nobody could tell when its operation was given up. */
export async function mendPoint(
  scope: ReconcileScope,
  { vm, name }: Point,
  { consistencyMode, timeCreated, disks }: RestorePointReading,
): Promise<void> {
  const { points, protections } = scope.deps.tables;
  const mended = await changeRecord(points, pointKey(vm, name), (point) => {
    if (point.state !== "Failed" || point.removedAt !== undefined) return undefined;
    const { error: _, outcomeUnknown: __, deletion: ___, ...rest } = point;
    return {
      ...rest,
      state: "Succeeded" as const,
      disks: [...disks],
      ...(consistencyMode === undefined ? {} : { consistencyMode }),
      ...(timeCreated === undefined ? {} : { timeCreated }),
    };
  });
  if (mended?.state !== "Succeeded") return;
  await changeRecord(protections, protectionKey(vm), (protection) =>
    isNewestGood(protection, mended)
      ? { ...protection, lastGoodPoint: { name, at: mended.at } }
      : undefined,
  );
  await recordDrift(scope, { kind: "unknownPoint", vm, about: name });
}
