/** What becomes of a slot whose attempt has failed: another attempt, or the end with a reason. */
import type { ExcludedDisk, OpenSlot } from "../fleet/protection.ts";
import { type Remedy, remedyFor } from "./arm-error.ts";
import type { ArmProblem } from "./arm-problem.ts";
import type { CreateOperation } from "./operation.ts";

const MINUTE = 60_000;
/**
 * Waits before the second, third, … attempt; there are no more attempts than these. Azure takes three restore points
 * of a VM an hour: the fourth attempt waits until the first is an hour ago.
 */
const WAITS = [1, 5, 55, 30, 60].map((minutes) => minutes * MINUTE);

export function nextAttempt(
  slot: OpenSlot,
  operation: CreateOperation,
  error: ArmProblem,
  now: Date,
  remedy: Remedy = remedyFor(error).remedy,
): OpenSlot | undefined {
  const { operation: _, ...waiting } = slot;
  const wait = WAITS[slot.attempt - 1];
  if (wait === undefined) return undefined;
  const again: OpenSlot = { ...waiting, attempt: slot.attempt + 1, notBefore: now.toISOString() };
  const later = { ...again, notBefore: new Date(now.getTime() + wait).toISOString() };
  switch (remedy) {
    case "retryLater":
    case "revokeGrantFirst":
      return later;
    case "excludeDisks": {
      const named = disksNamedIn(error, operation);
      if (named.length === 0) return undefined;
      return { ...again, excludeDisks: [...slot.excludeDisks, ...named] };
    }
    case "fallBackToCrash":
      return slot.consistency === "ApplicationThenCrashConsistent"
        ? { ...again, consistency: "CrashConsistent" }
        : later;
    case "giveUp": {
      // Not in another region, then: beside the VM, and copied.
      const { region, ...here } = again;
      return region === undefined ? undefined : { ...here, regionRefused: true };
    }
    default:
      return remedy satisfies never;
  }
}

function disksNamedIn(error: ArmProblem, { request }: CreateOperation): ExcludedDisk[] {
  const words = new Set(error.message.toLowerCase().split(/[\s'",;()[\]]+|\.(?:\s|$)/));
  return request.disks
    .filter(({ id, name }) => words.has(name.toLowerCase()) || words.has(id.toLowerCase()))
    .map((disk) => ({ ...disk, reason: error.message }));
}
