/** Which disks of a VM a restore point must leave out, and why. */
import type { ExcludedDisk } from "../fleet/protection.ts";
import type { AttachedDisk } from "../fleet/virtual-machine.ts";
import type { DiskSelector, RequestedConsistency } from "../policy/policy.ts";

/** Azure: "Ultra disks, Premium SSD v2 disks and write-accelerated disks aren't supported for crash consistency mode." */
const APPLICATION_CONSISTENT_ONLY = ["ultrassd_lrs", "premiumv2_lrs"];

/** The disks to leave out. Disks without an id cannot be named in a request and are left out by Azure itself. */
export function excludeDisks(
  disks: readonly AttachedDisk[],
  selectors: readonly DiskSelector[],
  consistency: RequestedConsistency,
  by = "the tag or the policy",
): ExcludedDisk[] {
  return disks.flatMap((disk) => {
    const reason = unsupported(disk, consistency) ?? unwanted(disk, selectors, by);
    if (reason === undefined || disk.id === undefined) return [];
    const lun = disk.lun === undefined ? {} : { lun: disk.lun };
    return [{ id: disk.id, name: disk.name, ...lun, reason }];
  });
}

function unsupported(disk: AttachedDisk, consistency: RequestedConsistency): string | undefined {
  if (disk.ephemeral) return "An ephemeral OS disk has no restore points.";
  if ((disk.maxShares ?? 1) > 1) return "A shared disk has no restore points.";
  if (consistency !== "CrashConsistent") return undefined;
  if (disk.writeAccelerator) return "Write-accelerated disks need application consistency.";
  return APPLICATION_CONSISTENT_ONLY.includes(disk.storageAccountType?.toLowerCase() ?? "")
    ? `${disk.storageAccountType} disks need application consistency.`
    : undefined;
}

function unwanted(
  disk: AttachedDisk,
  selectors: readonly DiskSelector[],
  by: string,
): string | undefined {
  const selected = selectors.some((selector) =>
    "lun" in selector
      ? selector.lun === disk.lun
      : selector.disk.toLowerCase() === disk.name.toLowerCase(),
  );
  return selected ? `Excluded by ${by}.` : undefined;
}
