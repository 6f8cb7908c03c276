/** Where a partner may restore to. Decided from the request alone, before anything is looked up. */
import { parseResourceId } from "../fleet/resource-id.ts";
import { type VmKey, vmNameOf } from "../fleet/vm-key.ts";
import type { ScopeEntry } from "./scope.ts";

interface Destination {
  readonly resourceGroup?: string | undefined;
  readonly subnetId?: string | undefined;
}

/**
 * The field that leads out of the scope. What is left out is the source's own, which the partner sees. A single VM in the
 * scope opens no network beside that: others are in it.
 */
export function outOfScope(
  scope: readonly ScopeEntry[],
  vm: VmKey,
  { resourceGroup, subnetId }: Destination,
): "resourceGroup" | "subnetId" | undefined {
  const own = vmNameOf(vm);
  if (
    resourceGroup !== undefined &&
    resourceGroup.toLowerCase() !== own.resourceGroup &&
    !holdsGroup(scope, own.subscriptionId, resourceGroup)
  ) {
    return "resourceGroup";
  }
  if (subnetId === undefined) return undefined;
  const subnet = parseResourceId(subnetId);
  return subnet && holdsGroup(scope, subnet.subscriptionId, subnet.resourceGroup)
    ? undefined
    : "subnetId";
}

/** All of it, and not only a VM in it. */
const holdsGroup = (scope: readonly ScopeEntry[], subscription: string, group: string): boolean =>
  scope.some(
    ({ subscriptionId, resourceGroup, vm }) =>
      vm === undefined &&
      subscriptionId.toLowerCase() === subscription.toLowerCase() &&
      (resourceGroup === undefined || resourceGroup.toLowerCase() === group.toLowerCase()),
  );
