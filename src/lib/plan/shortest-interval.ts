/**
 * The shortest interval between two restore points of a VM that Azure supports, for each consistency on its own
 * (https://learn.microsoft.com/azure/virtual-machines/concepts-restore-points). A slot that comes sooner after a
 * restore point that is at least as strong is served by that one; a weaker one is no substitute. Nor is one on demand,
 * which may leave out other disks, and be kept elsewhere and otherwise.
 */
import type { Protection } from "../fleet/protection.ts";
import { type AzureLimits, shortestInterval } from "../policy/azure-limits.ts";
import { isAtLeast, type RequestedConsistency } from "../policy/policy.ts";
import { isRequestedSlot } from "./slot.ts";

/** Whether the newest slot with a restore point, made or to be made, that is strong enough came up shortly before, or later. */
export function isServedBefore(
  at: Date,
  asked: RequestedConsistency,
  { openSlots, lastSlot }: Pick<Protection, "openSlots" | "lastSlot">,
  limits: AzureLimits,
): boolean {
  const closed = lastSlot?.state === "Succeeded" ? [lastSlot] : [];
  const last = [...closed, ...openSlots].findLast(
    ({ slot, consistency = asked }) => !isRequestedSlot(slot) && isAtLeast(consistency, asked),
  );
  return last !== undefined && at.getTime() < Date.parse(last.at) + shortestInterval(asked, limits);
}
