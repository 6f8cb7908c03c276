/** A managed disk as the disk provider answers it. */
import type { Emulator } from "../../emulator.ts";
import { regionOf } from "../../region.ts";
import { activeAccessOf } from "../../rules/active-access.ts";
import type { Disk } from "../../state/state.ts";
import { sizeInGB } from "./size.ts";

export const DISK_TYPE = "Microsoft.Compute/disks";

type Known = Pick<Emulator, "state" | "settings" | "clock">;

export function renderDisk(emulator: Known, disk: Disk) {
  const [owner] = disk.managedBy;
  const isShared = Number(disk.properties["maxShares"] ?? 1) > 1;
  return {
    id: disk.id,
    name: disk.name,
    type: DISK_TYPE,
    location: regionOf(disk.location),
    ...(disk.tags ? { tags: disk.tags } : {}),
    ...(disk.zones ? { zones: disk.zones } : {}),
    ...(owner ? { managedBy: owner } : {}),
    ...(isShared && owner ? { managedByExtended: disk.managedBy } : {}),
    sku: { name: disk.sku, tier: tierOf(disk.sku) },
    properties: {
      encryption: { type: "EncryptionAtRestWithPlatformKey" },
      networkAccessPolicy: "AllowAll",
      publicNetworkAccess: "Enabled",
      ...disk.properties,
      creationData: disk.creationData,
      diskSizeGB: sizeInGB(disk),
      diskSizeBytes: disk.sizeInBytes,
      uniqueId: disk.uniqueId,
      timeCreated: disk.timeCreated,
      provisioningState: disk.provisioningState,
      diskState: diskStateOf(emulator, disk),
    },
  };
}

export function diskStateOf(emulator: Known, disk: Disk): string {
  if (disk.upload) return disk.upload;
  const [owner] = disk.managedBy;
  const isRead = activeAccessOf(emulator, disk.id) !== undefined;
  if (owner === undefined) return isRead ? "ActiveSAS" : "Unattached";
  return emulator.state.virtualMachines.get(owner)?.powerState === "deallocated"
    ? "Reserved"
    : "Attached";
}

function tierOf(sku: string): string {
  if (sku.startsWith("Ultra")) return "Ultra";
  return sku.startsWith("Premium") ? "Premium" : "Standard";
}
