/** Which limits a call takes from, and whom each of them counts for. */
import { ARM_LIMITS, armKindOf } from "./arm-limits.ts";
import { COMPUTE_LIMITS } from "./compute-limits.ts";
import type { Limit } from "./limit.ts";
import { type CreateMode, hourlyLimit, intervalLimit } from "./restore-point-limits.ts";

export interface ThrottledCall {
  /** Of the request; left out: ARM has counted it already. */
  readonly method?: string | undefined;
  /** Left out: Compute does not count it, or not yet. */
  readonly operation?: keyof typeof COMPUTE_LIMITS | undefined;
  /** Of a restore point that is created. */
  readonly mode?: CreateMode | undefined;
  readonly subscriptionId: string;
  readonly region?: string | undefined;
  /** `oid` or `appid` of the token. */
  readonly principal: string;
  /** What limits per resource count for. A restore point's creation: the source VM, or a copy's target collection. */
  readonly resourceId: string;
}

export interface Demand {
  readonly limit: Limit;
  readonly owner: string;
  /** Who refuses, and how. */
  readonly by: "ARM" | "Compute" | "interval";
  /** The header that tells what is left, if any does. */
  readonly header?: string;
}

const ARM_HEADER = "x-ms-ratelimit-remaining-subscription-";
const COMPUTE_HEADER = "x-ms-ratelimit-remaining-resource";

export function demandsOf(call: ThrottledCall, withIntervals: boolean): Demand[] {
  const place = `${call.subscriptionId} ${call.region ?? ""}`;
  return [
    ...armDemands(call, place),
    ...computeDemands(call, place),
    ...creationDemands(call, withIntervals),
  ];
}

function armDemands({ method, principal }: ThrottledCall, place: string): Demand[] {
  if (method === undefined) return [];
  const { ofCaller, ofAllCallers } = ARM_LIMITS[armKindOf(method)];
  const by = "ARM";
  return [
    { limit: ofCaller, owner: `${place} ${principal}`, by, header: ARM_HEADER + ofCaller.name },
    { limit: ofAllCallers, owner: place, by, header: ARM_HEADER + ofAllCallers.name },
  ];
}

function computeDemands({ operation, resourceId }: ThrottledCall, place: string): Demand[] {
  if (operation === undefined) return [];
  const { ofResource, ofSubscription } = COMPUTE_LIMITS[operation];
  const rest = { by: "Compute", header: COMPUTE_HEADER } as const;
  return [
    ...ofResource.map((limit) => ({ limit, owner: resourceId, ...rest })),
    ...ofSubscription.map((limit) => ({ limit, owner: place, ...rest })),
  ];
}

function creationDemands({ mode, resourceId }: ThrottledCall, withIntervals: boolean): Demand[] {
  if (mode === undefined) return [];
  const limit = hourlyLimit(mode);
  const owner = resourceId;
  const interval = withIntervals ? intervalLimit(mode) : undefined;
  return [
    // Recorded: a copy's answer does not tell what is left of its hour.
    { limit, owner, by: "Compute", ...(mode === "Copy" ? {} : { header: COMPUTE_HEADER }) },
    ...(interval ? [{ limit: interval, owner, by: "interval" } as const] : []),
  ];
}
