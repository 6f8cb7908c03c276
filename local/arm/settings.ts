/** What can be set about the emulator, at start or while it runs. Each default follows Azure where Azure documents it. */

/** How a rule's refusal arrives. Azure does not document it for restore points, so clients must take both. */
export type Refusal = "synchronous" | "failedOperation";

export interface ArmSettings {
  /** Azure: "a few seconds". */
  crashConsistentCreateMs: number;
  /** Azure takes minutes, the first time more; a laptop should not. */
  applicationConsistentCreateMs: number;
  deleteMs: number;
  /** Start, power off, restart, deallocate. */
  virtualMachineActionMs: number;
  /** Retry-After of accepted operations, in seconds. None was seen in 2021; the API's description of 2026 has one. */
  retryAfterSeconds: number | undefined;
  /** Whether a restore point's PUT answers with Location as well. Recorded answers had Azure-AsyncOperation alone. */
  sendLocationOnCreate: boolean;
  /** Restore points that a VM may be asked for in an hour, per consistency mode. */
  restorePointsPerHour: number;
  /** Over all collections of a VM. */
  restorePointsPerVm: number;
  refusals: {
    /** A second restore point of a VM while one is being created. */
    concurrentCreate: Refusal;
    /** Shared, ephemeral, and for crash consistency Ultra, Premium SSD v2 and write-accelerated disks. */
    unsupportedDisk: Refusal;
    /** Application consistency while the VM does not run: found out by asking the agent, so it takes a while. */
    agentNotReady: Refusal;
    restorePointLimit: Refusal;
  };
}

export const defaultSettings = (): ArmSettings => ({
  crashConsistentCreateMs: 3000,
  applicationConsistentCreateMs: 8000,
  deleteMs: 1000,
  virtualMachineActionMs: 1000,
  retryAfterSeconds: undefined,
  sendLocationOnCreate: true,
  restorePointsPerHour: 3,
  restorePointsPerVm: 500,
  refusals: {
    concurrentCreate: "synchronous",
    unsupportedDisk: "synchronous",
    agentNotReady: "failedOperation",
    restorePointLimit: "synchronous",
  },
});
