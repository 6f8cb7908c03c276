/** The regions that the emulator knows more of than their name, and their availability zones. In any other it takes everything. */
import { ArmError } from "../../http/arm-error.ts";
import { regionOf } from "../../region.ts";

const THREE = ["1", "2", "3"];
const NONE: readonly string[] = [];

const ZONES: ReadonlyMap<string, readonly string[]> = new Map([
  ["westeurope", THREE],
  ["northeurope", THREE],
  ["swedencentral", THREE],
  ["norwayeast", THREE],
  ["norwaywest", NONE],
  ["eastus", THREE],
  ["eastus2", THREE],
  ["westus", NONE],
]);

export const REGIONS: readonly string[] = [...ZONES.keys()];

/** Undefined in a region that is not known. */
export const zonesOf = (location: string): readonly string[] | undefined =>
  ZONES.get(regionOf(location));

interface Zonal {
  /** `Microsoft.Compute/disks/data` */
  readonly resource: string;
  readonly location: string;
  readonly zones?: readonly string[] | null | undefined;
}

/** Throws ARM's refusal of zones that the region does not have. */
export function demandZones({ resource, location, zones }: Zonal): void {
  const known = zonesOf(location);
  if (known === undefined || !zones || zones.every((zone) => known.includes(zone))) return;
  const region = regionOf(location);
  if (known.length === 0) {
    const message = `The resource '${resource}' does not support availability zones at location '${region}'.`;
    throw new ArmError(400, "LocationNotSupportAvailabilityZones", message, { target: "zones" });
  }
  const message = `The zone(s) '${zones.join(",")}' for resource '${resource}' is not supported. The supported zones for location '${region}' are '${known.join(",")}'`;
  throw new ArmError(400, "InvalidAvailabilityZone", message, { target: "zones" });
}
