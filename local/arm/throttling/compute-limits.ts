/**
 * Compute's policies: how often an operation may be asked for a resource, and for all resources of a subscription in
 * a region.
 * https://learn.microsoft.com/azure/virtual-machines/compute-throttling-limits
 *
 * Restore points are not in that table. Recorded of them: `PutRestorePointResource;5`,
 * `PutRestorePointSubscriptionMaximum;149`, `DeleteRestorePointSubscriptionMaximum;359` (2023) and, of the first read,
 * `LowCostGetRestorePoint3Min;499`, `…30Min;2499` (2021). How fast they refill is not known; every policy of the table
 * gets a third of its capacity a minute, so these do too.
 */
import type { Limit } from "./limit.ts";

interface ComputeLimits {
  readonly ofResource: readonly Limit[];
  readonly ofSubscription: readonly Limit[];
}

const MINUTE = 60_000;

const perMinute = (name: string, refill: number): Limit => ({
  name,
  capacity: 3 * refill,
  refill,
  everyMs: MINUTE,
});

const perMinutes = (name: string, minutes: number, capacity: number): Limit => ({
  name: `${name}${minutes}Min`,
  capacity,
  refill: capacity,
  everyMs: minutes * MINUTE,
});

const policy = (name: string, resource: number, subscription: number): ComputeLimits => ({
  ofResource: [perMinute(`${name}Resource`, resource)],
  ofSubscription: [perMinute(`${name}SubscriptionMaximum`, subscription)],
});

export const COMPUTE_LIMITS = {
  /** Creation. */
  putVirtualMachine: policy("PutVM", 4, 500),
  /** Start, restart, power off. */
  updateVirtualMachine: policy("UpdateVM", 4, 500),
  /** The same policy: what Azure lists as patching is that of guests, which the emulator does not have. */
  patchVirtualMachine: policy("UpdateVM", 4, 500),
  /** Deletion, and deallocation. */
  deleteVirtualMachine: policy("DeleteVM", 4, 500),
  getVirtualMachine: policy("LowCostGet", 12, 8000),
  /** Lists. */
  highCostGet: {
    ofResource: [],
    ofSubscription: [perMinute("HighCostGetSubscriptionMaximum", 300)],
  },
  /** The status of an asynchronous operation, whose resource is the operation. */
  getOperation: policy("GetOperation", 15, 5000),
  createRestorePoint: policy("PutRestorePoint", 2, 50),
  deleteRestorePoint: {
    ofResource: [],
    ofSubscription: [perMinute("DeleteRestorePointSubscriptionMaximum", 120)],
  },
  /** A restore point, or a collection. */
  getRestorePoint: {
    ofResource: [],
    ofSubscription: [
      perMinutes("LowCostGetRestorePoint", 3, 500),
      perMinutes("LowCostGetRestorePoint", 30, 2500),
    ],
  },
} satisfies Record<string, ComputeLimits>;
