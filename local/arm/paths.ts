/** Path templates of the routes, and the ids that stand for them. */
import type { ArmRequest } from "./http/arm-request.ts";
import { param } from "./http/arm-request.ts";

export const SUBSCRIPTION = "/subscriptions/{subscriptionId}";
export const GROUPS = `${SUBSCRIPTION}/resourceGroups`;
export const GROUP = `${GROUPS}/{resourceGroup}`;
export const COMPUTE_IN_SUBSCRIPTION = `${SUBSCRIPTION}/providers/Microsoft.Compute`;
export const COMPUTE = `${GROUP}/providers/Microsoft.Compute`;
export const VIRTUAL_MACHINE = `${COMPUTE}/virtualMachines/{name}`;
export const DISK = `${COMPUTE}/disks/{name}`;
export const COLLECTION = `${COMPUTE}/restorePointCollections/{collection}`;
export const RESTORE_POINT = `${COLLECTION}/restorePoints/{restorePoint}`;
export const DISK_RESTORE_POINTS = `${RESTORE_POINT}/diskRestorePoints`;
export const DISK_RESTORE_POINT = `${DISK_RESTORE_POINTS}/{diskRestorePoint}`;
export const NETWORK = `${GROUP}/providers/Microsoft.Network`;

export const subscriptionIdOf = (request: ArmRequest): string =>
  `/subscriptions/${param(request, "subscriptionId")}`;

export const groupIdOf = (request: ArmRequest): string =>
  `${subscriptionIdOf(request)}/resourceGroups/${param(request, "resourceGroup")}`;

/** The id of the resource that a request addresses, below its resource group. */
export const computeIdOf = (request: ArmRequest, path: string): string =>
  `${groupIdOf(request)}/providers/Microsoft.Compute/${path}`;

/** Subscription, group and name in an id. */
export function partsOf(id: string): { subscriptionId: string; group: string; name: string } {
  const [, , subscriptionId = "", , group = ""] = id.split("/");
  return { subscriptionId, group, name: id.slice(id.lastIndexOf("/") + 1) };
}

/** Ids in Azure's own templates and examples lack their first slash now and then. */
export const rooted = (id: string): string => (id.startsWith("/") ? id : `/${id}`);

export const sameId = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();
