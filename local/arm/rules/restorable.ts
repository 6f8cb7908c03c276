/** Whether a disk can be made from a disk restore point. */
import type { Emulator } from "../emulator.ts";
import { notAllowed } from "../http/arm-error.ts";
import type { DiskRestorePoint, RestorePoint } from "../state/state.ts";
import { provisioningStateOf, replicationOf } from "./replication.ts";
import { sectorSizeOf } from "./sector-size.ts";
import { isCopiedInBackground, snapshotAccessStateOf } from "./snapshot-access-state.ts";

export interface RestoredDisk {
  readonly sku: string;
  readonly sizeInBytes: number;
}

/** Throws Compute's refusal. Answers the share of the bytes that is there: of a copy under way, less than 1. */
export function demandRestorable(
  { settings, clock }: Pick<Emulator, "settings" | "clock">,
  point: RestorePoint,
  disk: DiskRestorePoint,
  restored: RestoredDisk,
): number {
  const now = clock.now();
  if (provisioningStateOf(settings, point, now) !== "Succeeded") {
    throw notAllowed(`Restore point '${point.name}' is not in provisioningState Succeeded.`);
  }
  const { state, arrived } = replicationOf(settings, point, now);
  if (state !== "succeeded" && settings.restoreFromIncompleteCopy === "refused") {
    throw notAllowed(`The copy of disk restore point '${disk.name}' is not complete.`);
  }
  if (point.copy === undefined) demandAccessState(settings, point, disk, restored, now);
  demandSectorSize(disk, restored);
  return state === "succeeded" ? 1 : arrived;
}

function demandAccessState(
  settings: Emulator["settings"],
  point: RestorePoint,
  disk: DiskRestorePoint,
  restored: RestoredDisk,
  now: number,
): void {
  const access = snapshotAccessStateOf(settings, point, disk, now);
  if (access === "Pending") {
    throw notAllowed(
      `Disk restore point '${disk.name}' is still copied in the background: its snapshotAccessState is Pending.`,
    );
  }
  if (access !== "InstantAccess") return;
  if (!isCopiedInBackground(restored.sku)) {
    throw notAllowed(
      `Disk restore point '${disk.name}' has instant access: only Premium SSD v2 and Ultra disks can be made of it.`,
    );
  }
  if (restored.sizeInBytes > disk.source.sizeInBytes) {
    throw notAllowed(`A disk made by instant access from '${disk.name}' cannot be larger than it.`);
  }
}

function demandSectorSize({ source, name }: DiskRestorePoint, { sku }: RestoredDisk): void {
  if (sectorSizeOf(source) !== 4096 || isCopiedInBackground(sku)) return;
  throw notAllowed(
    `Disk restore point '${name}' has sectors of 4096 bytes: only Premium SSD v2 and Ultra disks can be made of it.`,
  );
}
