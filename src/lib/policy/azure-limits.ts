/** What Azure allows a VM, as far as policies and plans go by it. */
import { HOUR } from "./duration.ts";
import type { RequestedConsistency } from "./policy.ts";

/** Azure documents its limits in two ways, and may change them: they are settings. */
export interface AzureLimits {
  /** Milliseconds between two restore points of a VM. */
  readonly shortestCrashConsistent: number;
  readonly shortestApplicationConsistent: number;
  /** Of all collections together. */
  readonly pointsPerVm: number;
  /** Of these: for restore points that are being made, and for other products. */
  readonly pointsLeftFree: number;
  /** Of a VM, for each consistency on its own. */
  readonly createsPerHour: number;
  /** To one collection. */
  readonly copiesPerHour: number;
  /** Whether a restore point may be made straight in another region than its VM's: a preview that Azure has withdrawn for most. */
  readonly createInOtherRegion: boolean;
}

/** https://learn.microsoft.com/azure/virtual-machines/virtual-machines-create-restore-points */
export const azureLimits: AzureLimits = {
  shortestCrashConsistent: HOUR,
  shortestApplicationConsistent: 3 * HOUR,
  pointsPerVm: 500,
  pointsLeftFree: 10,
  createsPerHour: 3,
  copiesPerHour: 3,
  createInOtherRegion: false,
};

export const shortestInterval = (
  consistency: RequestedConsistency,
  { shortestCrashConsistent, shortestApplicationConsistent }: AzureLimits,
): number =>
  consistency === "CrashConsistent" ? shortestCrashConsistent : shortestApplicationConsistent;
