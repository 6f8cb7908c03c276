/** 10,000 collections in a subscription and region. https://learn.microsoft.com/azure/virtual-machines/concepts-restore-points */
import type { Emulator } from "../emulator.ts";
import { ArmError } from "../http/arm-error.ts";
import type { ArmRequest } from "../http/arm-request.ts";
import { subscriptionIdOf } from "../paths.ts";

export function demandRoomForCollection(
  { state, settings: { collectionsPerRegion } }: Pick<Emulator, "state" | "settings">,
  request: ArmRequest,
  region: string,
): void {
  if (state.collections.size < collectionsPerRegion) return;
  let inRegion = 0;
  for (const { location } of state.collections.under(`${subscriptionIdOf(request)}/`)) {
    if (location === region) inRegion += 1;
  }
  if (inRegion < collectionsPerRegion) return;
  const message = `The maximum number of restore point collections (${collectionsPerRegion}) in region '${region}' has been reached for the subscription.`;
  throw new ArmError(409, "QuotaExceeded", message);
}
