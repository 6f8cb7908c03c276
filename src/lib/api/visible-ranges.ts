/** The keys that a caller may see, for lists that are about VMs. Operators see all; without a scope there is nothing. */
import { partitionsInScope, protectionsInScope } from "../partners/scope-ranges.ts";
import { type KeyRange, partition } from "../state/entity-table.ts";
import { type Caller, seesFleet } from "./caller.ts";

/** Of the records of VMs, of one subscription or of all. */
export function visibleProtections(caller: Caller, subscriptionId?: string): KeyRange[] {
  if (seesFleet(caller)) return [subscriptionId === undefined ? {} : partition(subscriptionId)];
  const scope = caller.partner?.scope ?? [];
  const isAsked = (entry: (typeof scope)[number]) =>
    subscriptionId === undefined || entry.subscriptionId.toLowerCase() === subscriptionId;
  return protectionsInScope(scope.filter(isAsked));
}

/** Of the tables in which each VM has a partition. */
export const visiblePartitions = (caller: Caller): KeyRange[] =>
  seesFleet(caller) ? [{}] : partitionsInScope(caller.partner?.scope ?? []);
