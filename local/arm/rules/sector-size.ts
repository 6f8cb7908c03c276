/**
 * Bytes in a sector of a disk. Ultra and Premium SSD v2 disks have 4096 unless they were made with 512.
 * https://learn.microsoft.com/azure/virtual-machines/disks-types
 */
import type { Disk } from "../state/state.ts";
import { isCopiedInBackground } from "./snapshot-access-state.ts";

export function sectorSizeOf({ sku, creationData }: Disk): number {
  if (!isCopiedInBackground(sku)) return 512;
  return creationData["logicalSectorSize"] === 512 ? 512 : 4096;
}
