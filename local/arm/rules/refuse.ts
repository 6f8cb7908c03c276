/**
 * Azure's refusals of a restore point, with its own words.
 * https://learn.microsoft.com/azure/virtual-machines/restore-point-troubleshooting
 */
import type { OperationError } from "../operations.ts";
import type { ArmSettings, Refusal } from "../settings.ts";

export interface RefusedCreate {
  readonly error: OperationError;
  /** Of the synchronous answer. */
  readonly status: number;
  readonly arrives: Refusal;
}

export const concurrentCreate = ({ refusals }: ArmSettings): RefusedCreate => ({
  status: 409,
  arrives: refusals.concurrentCreate,
  error: {
    code: "VMRestorePointClientError",
    message:
      "RestorePoint creation failed since a concurrent 'Create RestorePoint' operation was triggered on the VM.",
  },
});

export const tooManyRestorePoints = ({ refusals }: ArmSettings): RefusedCreate => ({
  status: 409,
  arrives: refusals.restorePointLimit,
  error: {
    code: "VMRestorePointClientError",
    message:
      "RestorePoint creation failed since the maximum allowed snapshot limit of one or more disk blobs has been reached. Please delete some existing restore points of this VM and then retry.",
  },
});

export const sharedDisk = ({ refusals }: ArmSettings, disk: string): RefusedCreate => ({
  status: 409,
  arrives: refusals.unsupportedDisk,
  error: {
    code: "VMRestorePointClientError",
    message: `Creation of Restore Point of a Virtual Machine with Shared disks is not supported. You may exclude this disk and retry creating restore point. Disk: '${disk}'.`,
  },
});

export const unsupportedDisk = (
  { refusals }: ArmSettings,
  disk: string,
  reason: string,
): RefusedCreate => ({
  status: 409,
  arrives: refusals.unsupportedDisk,
  error: {
    code: "OperationNotAllowed",
    message: `Creation of Restore Point is not supported for disk '${disk}': ${reason}. You may exclude this disk and retry creating restore point.`,
  },
});

export const agentNotReady = ({ refusals }: ArmSettings): RefusedCreate => ({
  status: 409,
  arrives: refusals.agentNotReady,
  error: {
    code: "VMAgentStatusCommunicationError",
    message: "VM has not reported status for VM agent or extensions.",
  },
});
