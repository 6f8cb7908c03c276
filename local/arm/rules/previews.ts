/** Features of Azure that a subscription must register first, while they are previews. */
import type { Emulator } from "../emulator.ts";
import { ArmError } from "../http/arm-error.ts";

export const PREVIEW_FEATURES = {
  /** Restore points straight into another region: the private preview's own name was never published. */
  createInOtherRegion: "VMRestorePointCrossRegionCreate",
  /** https://learn.microsoft.com/azure/virtual-machines/virtual-machines-create-restore-points */
  instantAccess: "AppConsistentInstantAccessSnapshotForDirectDriveDisks",
} as const;

export const featureId = (subscriptionId: string, name: string, namespace = "Microsoft.Compute") =>
  `/subscriptions/${subscriptionId}/providers/Microsoft.Features/providers/${namespace}/features/${name}`;

/** Throws unless previews are open, or the subscription has registered this one. */
export function demandFeature(
  { settings, state }: Pick<Emulator, "settings" | "state">,
  subscriptionId: string,
  preview: keyof typeof PREVIEW_FEATURES,
): void {
  const name = PREVIEW_FEATURES[preview];
  if (settings.previews === "open") return;
  if (state.features.get(featureId(subscriptionId, name))?.state === "Registered") return;
  const message = `Subscription ${subscriptionId} is not registered for feature Microsoft.Compute/${name}, which this request needs.`;
  throw new ArmError(400, "SubscriptionNotRegisteredForFeature", message);
}
