/** Regions, which clients and Azure itself spell in more than one way: `East US 2`, `EastUS2`, `eastus2`. */
import { ArmError, invalidParameter } from "./http/arm-error.ts";
import { partsOf } from "./paths.ts";

export const regionOf = (location: string): string => location.replaceAll(" ", "").toLowerCase();

/** Throws ARM's conflict when a PUT would move a resource to another region. */
export function demandSameRegion(
  { id, location }: { readonly id: string; readonly location: string },
  asked: string,
): void {
  if (regionOf(location) === regionOf(asked)) return;
  const { group, name } = partsOf(id);
  const message = `The resource '${name}' already exists in location '${regionOf(location)}' in resource group '${group}'. A resource with the same name cannot be created in location '${asked}'. Please select a new resource name.`;
  throw new ArmError(409, "InvalidResourceLocation", message, { target: "location" });
}

/** Letters and digits: ARM knows no other region. */
export function demandRegion(location: string): void {
  if (/^[a-z0-9]+$/.test(regionOf(location))) return;
  throw invalidParameter("location", `'${location}' is not a location.`);
}
