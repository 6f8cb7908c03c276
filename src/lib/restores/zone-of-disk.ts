/** A zone-redundant disk is in all zones, so it is in none of its own. */
export const zoneOfDisk = (sku: string, zone: string | undefined): string | undefined =>
  sku.endsWith("_ZRS") ? undefined : zone;
