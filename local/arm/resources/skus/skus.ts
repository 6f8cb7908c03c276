/** Microsoft.Compute/skus: what each region offers, an entry for each SKU and region. */
import { invalidParameter } from "../../http/arm-error.ts";
import { type ArmRequest, queryOf } from "../../http/arm-request.ts";
import type { ArmRoute } from "../../http/route.ts";
import { COMPUTE_IN_SUBSCRIPTION } from "../../paths.ts";
import { regionOf } from "../../region.ts";
import { isOffered } from "./demand-offered.ts";
import { OFFERS, type Offer } from "./offers.ts";
import { REGIONS, zonesOf } from "./zones.ts";

export const skuRoutes = (): ArmRoute[] => [
  {
    method: "GET",
    template: `${COMPUTE_IN_SUBSCRIPTION}/skus`,
    versions: "skus",
    handler: (request) => ({ status: 200, body: { value: skusFor(request) } }),
  },
];

/** Azure knows this one filter. A region that it does not know has nothing. */
function skusFor(request: ArmRequest) {
  const filter = queryOf(request, "$filter");
  const [, location] = /^\s*location\s+eq\s+'([^']*)'\s*$/i.exec(filter ?? "") ?? [];
  if (filter !== undefined && location === undefined) {
    throw invalidParameter("$filter", `'${filter}' is not of the form location eq 'westeurope'.`);
  }
  const wanted = location === undefined ? undefined : regionOf(location);
  return REGIONS.filter((region) => wanted === undefined || region === wanted).flatMap((region) =>
    OFFERS.filter((offer) => isOffered(offer, region)).map((offer) => renderSku(offer, region)),
  );
}

const renderSku = (
  { resourceType, name, tier, size, family, capabilities, restrictions = [] }: Offer,
  region: string,
) => ({
  ...{ resourceType, name, tier, size },
  ...(family ? { family } : {}),
  locations: [region],
  locationInfo: [{ location: region, zones: zonesOf(region) }],
  capabilities: Object.entries(capabilities).map(([key, value]) => ({
    name: key,
    value: `${value}`,
  })),
  restrictions: restrictions
    .filter((each) => each.region === region)
    .map(({ zones }) => ({
      type: zones ? "Zone" : "Location",
      values: [region],
      restrictionInfo: { locations: [region], ...(zones ? { zones } : {}) },
      reasonCode: "NotAvailableForSubscription",
    })),
});
