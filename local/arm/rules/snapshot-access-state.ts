/**
 * Whether the disk of a restore point can be restored, copied and exported yet. Ultra and Premium SSD v2 disks are
 * copied in the background first; with instant access they can be restored meanwhile.
 * https://learn.microsoft.com/azure/virtual-machines/disks-instant-access-snapshots
 */
import type { ArmSettings } from "../settings.ts";
import type { DiskRestorePoint, RestorePoint } from "../state/state.ts";
import { replicationOf } from "./replication.ts";

export type SnapshotAccessState =
  | "Unknown"
  | "Pending"
  | "Available"
  | "InstantAccess"
  | "AvailableWithInstantAccess";

type Times = Pick<ArmSettings, "copyProgressStepMs" | "backgroundCopyMs">;

const MINUTE = 60_000;

/** Their snapshots are made by a copy in the background. */
export const isCopiedInBackground = (sku: string): boolean =>
  sku === "UltraSSD_LRS" || sku === "PremiumV2_LRS";

/** `now` in milliseconds since 1970. */
export function snapshotAccessStateOf(
  settings: Times,
  point: RestorePoint,
  { source }: DiskRestorePoint,
  now: number,
): SnapshotAccessState {
  if (point.completedAt === undefined) return "Unknown";
  if (point.copy) {
    const { state } = replicationOf(settings, point, now);
    if (state === "failed") return "Unknown";
    return state === "succeeded" ? "Available" : "Pending";
  }
  if (!isCopiedInBackground(source.sku)) return "Available";
  const age = now - Date.parse(point.completedAt);
  const isCopied = age >= settings.backgroundCopyMs;
  const minutes = point.instantAccessDurationMinutes ?? 0;
  if (age < minutes * MINUTE) return isCopied ? "AvailableWithInstantAccess" : "InstantAccess";
  return isCopied ? "Available" : "Pending";
}

/** Of a disk that is copied in the background: how far that is, in percent. */
export function backgroundPercentOf(
  { backgroundCopyMs }: Times,
  { completedAt }: RestorePoint,
  now: number,
): number {
  if (completedAt === undefined) return 0;
  const age = now - Date.parse(completedAt);
  return Math.min(100, Math.floor((age / Math.max(1, backgroundCopyMs)) * 100));
}
