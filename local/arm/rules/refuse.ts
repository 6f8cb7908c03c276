/**
 * Azure's refusals of a restore point, with its own words.
 * https://learn.microsoft.com/azure/virtual-machines/restore-point-troubleshooting
 */
import { ArmError } from "../http/arm-error.ts";
import type { OperationError } from "../operations/operation.ts";
import type { ArmSettings, Refusal } from "../settings.ts";

export interface RefusedCreate {
  readonly error: OperationError;
  readonly arrives: Refusal;
}

/** Throws when it arrives with the answer; else the error that the operation will end with. */
export function refuse({ error, arrives }: RefusedCreate): OperationError {
  if (arrives === "failedOperation") return error;
  throw new ArmError(409, error.code, error.message);
}

export const concurrentCreate = ({ refusals }: ArmSettings): RefusedCreate => ({
  arrives: refusals.concurrentCreate,
  error: {
    code: "VMRestorePointClientError",
    message:
      "RestorePoint creation failed since a concurrent 'Create RestorePoint' operation was triggered on the VM.",
  },
});

export const tooManyRestorePoints = ({ refusals }: ArmSettings): RefusedCreate => ({
  arrives: refusals.restorePointLimit,
  error: {
    code: "VMRestorePointClientError",
    message:
      "RestorePoint creation failed since the maximum allowed snapshot limit of one or more disk blobs has been reached. Please delete some existing restore points of this VM and then retry.",
  },
});

export const sharedDisk = ({ refusals }: ArmSettings, disk: string): RefusedCreate => ({
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
  arrives: refusals.unsupportedDisk,
  error: {
    code: "OperationNotAllowed",
    message: `Creation of Restore Point is not supported for disk '${disk}': ${reason}. You may exclude this disk and retry creating restore point.`,
  },
});

export const unallocatedDisk = ({ refusals }: ArmSettings, disk: string): RefusedCreate => ({
  arrives: refusals.unsupportedDisk,
  error: {
    code: "OperationNotAllowed",
    message: `Operation 'Create Restore Point' is not allowed as disk(s) have not been allocated successfully. Please exclude these disk(s) using excludeDisks property and retry. Disk: '${disk}'.`,
  },
});

export const unsupportedVm = ({ refusals }: ArmSettings, reason: string): RefusedCreate => ({
  arrives: refusals.unsupportedDisk,
  error: {
    code: "OperationNotAllowed",
    message: `Creation of Restore Point is not supported for this Virtual Machine: ${reason}.`,
  },
});

export const agentNotReady = ({ refusals }: ArmSettings): RefusedCreate => ({
  arrives: refusals.agentNotReady,
  error: {
    code: "VMAgentStatusCommunicationError",
    message: "VM has not reported status for VM agent or extensions.",
  },
});
