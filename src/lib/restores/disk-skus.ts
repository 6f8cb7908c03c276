/** What the SKU of a disk says about where it is, and how it is attached. */

/** A zone-redundant disk is in all zones, so it is in none of its own. */
export const zoneOfDisk = (sku: string, zone: string | undefined): string | undefined =>
  sku.endsWith("_ZRS") ? undefined : zone;

/** Kinds of disks that Azure takes as data disks only, without caching, and in a zone where there are zones. */
export const isDirectDrive = (sku: string): boolean =>
  sku === "PremiumV2_LRS" || sku === "UltraSSD_LRS";
