/** Whether the region of a virtual machine offers its size. */
import { ArmError } from "../../http/arm-error.ts";
import { partsOf } from "../../paths.ts";
import { regionOf } from "../../region.ts";
import { OFFERS, type Offer } from "./offers.ts";
import { zonesOf } from "./zones.ts";

interface Sized {
  readonly id: string;
  readonly location: string;
  readonly zones?: readonly string[] | null | undefined;
  readonly size: string | undefined;
}

/** Throws ARM's refusal. A size that is not known is taken. */
export function demandSize({ id, location, zones, size }: Sized): void {
  const name = size?.toLowerCase();
  const offer = OFFERS.find((each) => each.name.toLowerCase() === name);
  if (offer?.resourceType !== "virtualMachines") return;
  const region = regionOf(location);
  if (isOffered(offer, region) && !isRestricted(offer, region, zones ?? [])) return;
  const { subscriptionId } = partsOf(id);
  const message = `The requested size for resource '${id}' is currently not available in location '${region}' zones '${(zones ?? []).join(",")}' for subscription '${subscriptionId}'. Please try another size or deploy to a different location or zones. See https://aka.ms/azureskunotavailable for details.`;
  const target = "properties.hardwareProfile.vmSize";
  throw new ArmError(409, "SkuNotAvailable", message, { target });
}

/** In a region that is not known, everything. */
export function isOffered({ regions, onlyWithZones }: Offer, region: string): boolean {
  const zones = zonesOf(region);
  if (zones === undefined) return true;
  if (regions && !regions.includes(region)) return false;
  return !onlyWithZones || zones.length > 0;
}

const isRestricted = (
  { restrictions = [] }: Offer,
  region: string,
  zones: readonly string[],
): boolean =>
  restrictions
    .filter((each) => each.region === region)
    .some((each) => each.zones === undefined || zones.some((zone) => each.zones?.includes(zone)));
