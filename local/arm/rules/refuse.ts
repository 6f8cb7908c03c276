/** Azure's refusals of a restore point, and when they arrive. */
import { ArmError } from "../http/arm-error.ts";
import type { OperationError } from "../operations/operation.ts";
import type { ArmSettings, Refusal } from "../settings.ts";
import { documentedErrors } from "./documented-errors.ts";

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
  error: documentedErrors.ConcurrentCreate,
});

export const tooManyRestorePoints = ({ refusals }: ArmSettings): RefusedCreate => ({
  arrives: refusals.restorePointLimit,
  error: documentedErrors.SnapshotLimitReached,
});

export const sharedDisk = ({ refusals }: ArmSettings, disk: string): RefusedCreate => ({
  arrives: refusals.unsupportedDisk,
  error: ofDisk(documentedErrors.SharedDisk, disk),
});

export const unallocatedDisk = ({ refusals }: ArmSettings, disk: string): RefusedCreate => ({
  arrives: refusals.unsupportedDisk,
  error: ofDisk(documentedErrors.DiskNotAllocated, disk),
});

/** Azure does not say which disk it means; whoever looks for it should not have to guess here. */
const ofDisk = ({ code, message }: OperationError, disk: string): OperationError => ({
  code,
  message: `${message} Disk: '${disk}'.`,
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

export const unsupportedVm = ({ refusals }: ArmSettings, reason: string): RefusedCreate => ({
  arrives: refusals.unsupportedDisk,
  error: {
    code: "OperationNotAllowed",
    message: `Creation of Restore Point is not supported for this Virtual Machine: ${reason}.`,
  },
});

export const agentNotReady = ({ refusals }: ArmSettings): RefusedCreate => ({
  arrives: refusals.agentNotReady,
  error: documentedErrors.AgentNotReporting,
});
