/**
 * What can be set about the emulator, at start or while it runs. Each default follows Azure where Azure documents it;
 * where its documents disagree, or say nothing, both behaviours are here.
 */

/** How a rule's refusal arrives. Azure does not document it for restore points, so clients must take both. */
export type Refusal = "synchronous" | "failedOperation";

/** As a role of Azure has it: what is among `actions`, and not among `notActions`. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

export interface ArmSettings extends Durations, Limits, Ambiguities {
  /** By the name of a resource group what its callers may do; `*`: everywhere else. Left out: everything. */
  permissions: Readonly<Record<string, Permission>>;
  /**
   * By the object id of a caller what its roles let it do, wherever it is, and at the resources that its requests name as
   * well. Left out: what `permissions` says.
   */
  roles: Readonly<Record<string, Permission>>;
  refusals: {
    /** A second restore point of a VM while one is being created. */
    concurrentCreate: Refusal;
    /** Shared, ephemeral, and for crash consistency Ultra, Premium SSD v2 and write-accelerated disks. */
    unsupportedDisk: Refusal;
    /** Application consistency while the VM does not run: found out by asking the agent, so it takes a while. */
    agentNotReady: Refusal;
    restorePointLimit: Refusal;
    /** Deleting a restore point, or its collection, while a SAS on one of its disks is active. */
    activeSas: Refusal;
  };
}

/** Milliseconds. Azure takes longer; a laptop should not. */
interface Durations {
  /** Azure: "a few seconds". */
  crashConsistentCreateMs: number;
  /** Azure takes minutes, the first time more. */
  applicationConsistentCreateMs: number;
  deleteMs: number;
  /** Creating, changing and deleting a VM. */
  virtualMachineWriteMs: number;
  /** Start, power off, restart, deallocate. */
  virtualMachineActionMs: number;
  /** Creating, changing and deleting a disk. */
  diskWriteMs: number;
  /** beginGetAccess and endGetAccess. */
  accessMs: number;
  /** Until a copy has begun, which is when Azure says Succeeded. */
  copyStartMs: number;
  /** Until all bytes of a copy are there. Azure: hours; it gives up after two weeks. */
  copyMs: number;
  /** How often a copy's progress is told. Azure: about every 10 minutes. */
  copyProgressStepMs: number;
  /** Ultra and Premium SSD v2 disks: until a restore point's disk can be restored and exported without instant access. */
  backgroundCopyMs: number;
  /** How long an operation can be asked about. */
  operationsKeptMs: number;
  /** How long the result of beginGetAccess can be read at its Location, after the operation has ended. */
  accessResultMs: number;
}

interface Limits {
  /** All budgets of ARM and Compute, and the restore point limits, times this; 0: none of them. */
  throttlingFactor: number;
  /** The shortest time between two restore points of a VM, which one of two documents has (180 and 60). */
  minimumIntervals: "none" | "documented";
  /** Over all collections of a VM. */
  restorePointsPerVm: number;
  collectionsPerRegion: number;
  /** Active SAS on the disk restore points of one disk. */
  activeSasPerFamily: number;
}

interface Ambiguities {
  /** Retry-After of accepted operations, in seconds. None was seen in 2021; the API's description of 2026 has one. */
  retryAfterSeconds: number | undefined;
  /** Whether a restore point's PUT answers with Location as well. Recorded answers had Azure-AsyncOperation alone. */
  sendLocationOnCreate: boolean;
  /**
   * What application consistency gives on a VM that does not run. Azure's own README: a crash-consistent point; its
   * troubleshooting guide: an error of the agent.
   */
  stoppedVirtualMachine: "crashConsistent" | "agentError";
  /** What application consistency gives on Linux; without scripts in the guest Azure freezes the file systems only. */
  linuxConsistency: "FileSystemConsistent" | "ApplicationConsistent";
  /** `open`: a subscription may use previews without registering their features. */
  previews: "open" | "enforced";
  /** Collections in another region than their VM: a private preview that Azure has withdrawn, so refused by default. */
  createInOtherRegion: boolean;
  /** timeCreated of a copied restore point: two documents disagree; a recorded answer had the source's. */
  copyTimeCreated: "source" | "target";
  /** A disk restored from a copy that is not complete. Azure does not check, and what arrived is what one gets. */
  restoreFromIncompleteCopy: "partialBytes" | "refused";
  /** Whether beginGetAccess on a point that has a SAS counts the duration from now, or adds it to what is left. */
  extendAccess: "fromNow" | "add";
  /** A SAS works until endGetAccess: shows who ended it. */
  ignoreSasExpiry: boolean;
  /** Whether a SAS that has expired, but was not ended, still blocks deleting its restore point. */
  expiredSasBlocksDelete: boolean;
  /** PUT on a restore point that exists with the very same body: refused like any other, or answered with it. */
  repeatedRestorePointPut: "refused" | "accepted";
}

export const defaultSettings = (): ArmSettings => ({
  permissions: {},
  roles: {},
  crashConsistentCreateMs: 3000,
  applicationConsistentCreateMs: 8000,
  deleteMs: 1000,
  virtualMachineWriteMs: 500,
  virtualMachineActionMs: 1000,
  diskWriteMs: 200,
  accessMs: 300,
  copyStartMs: 1000,
  copyMs: 10_000,
  copyProgressStepMs: 1000,
  backgroundCopyMs: 5000,
  operationsKeptMs: 24 * 3_600_000,
  accessResultMs: 24 * 3_600_000,
  throttlingFactor: 1,
  minimumIntervals: "none",
  restorePointsPerVm: 500,
  collectionsPerRegion: 10_000,
  activeSasPerFamily: 5,
  retryAfterSeconds: undefined,
  sendLocationOnCreate: true,
  stoppedVirtualMachine: "crashConsistent",
  linuxConsistency: "FileSystemConsistent",
  previews: "open",
  createInOtherRegion: false,
  copyTimeCreated: "source",
  restoreFromIncompleteCopy: "partialBytes",
  extendAccess: "fromNow",
  ignoreSasExpiry: false,
  expiredSasBlocksDelete: false,
  repeatedRestorePointPut: "refused",
  refusals: {
    concurrentCreate: "synchronous",
    unsupportedDisk: "synchronous",
    agentNotReady: "failedOperation",
    restorePointLimit: "synchronous",
    activeSas: "synchronous",
  },
});
