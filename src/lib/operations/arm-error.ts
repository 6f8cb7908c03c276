/**
 * What to do about an error that ARM gave for a restore point. One code spans the retryable and the permanent, so
 * code and message decide together; the first row that matches wins.
 * Source: https://learn.microsoft.com/azure/virtual-machines/restore-point-troubleshooting
 */
import type { ArmProblem } from "./arm-problem.ts";

export type Remedy =
  /** A new attempt later, as it is. */
  | "retryLater"
  /** A new attempt without the disks that the message names. */
  | "excludeDisks"
  /** A new attempt, crash-consistent, if the policy allows that; else later. */
  | "fallBackToCrash"
  /** A grant on one of the disks must end first. */
  | "revokeGrantFirst"
  /** Nothing we do mends it. */
  | "giveUp";

interface Row {
  readonly code: RegExp;
  readonly message?: RegExp;
  readonly remedy: Remedy;
  readonly advice: string;
}

const ROWS: readonly Row[] = [
  {
    code: /^DiskRestorePointUsedByCustomer$/,
    remedy: "revokeGrantFirst",
    advice: "End the access that is granted to a disk of this restore point.",
  },
  {
    code: /^OperationNotAllowed$/,
    message: /have not been allocated successfully/i,
    remedy: "excludeDisks",
    advice: "Allocate the disk, or exclude it in the tag.",
  },
  {
    code: /^OperationNotAllowed$/,
    message: /changes were made to the virtual machine/i,
    remedy: "retryLater",
    advice: "The VM changed while the restore point was made; it is tried again.",
  },
  {
    code: /^VMRestorePointClientError$/,
    message: /shared disks/i,
    remedy: "excludeDisks",
    advice: "Exclude the shared disk in the tag.",
  },
  {
    code: /^VMRestorePointClientError$/,
    message: /concurrent 'Create RestorePoint'/i,
    remedy: "retryLater",
    advice: "Another restore point of this VM is being made; it is tried again.",
  },
  {
    code: /^VMRestorePointClientError$/,
    message: /maximum allowed snapshot limit/i,
    remedy: "retryLater",
    advice: "The VM has as many restore points as Azure allows. Delete some.",
  },
  {
    code: /^VMAgentStatusCommunicationError$/,
    remedy: "fallBackToCrash",
    advice: "Start the VM and repair its agent, or ask for crash consistency.",
  },
  {
    code: /^VMRestorePointClientError$/,
    message: /VSS|COM\+|Visual C\+\+|no network connectivity|inadequate VM resources/i,
    remedy: "fallBackToCrash",
    advice: "Mend the guest as the message says, or ask for crash consistency.",
  },
  {
    code: /^(VMRestorePoint)?Internal(Execution|Operation)?Error$/,
    remedy: "retryLater",
    advice:
      "An error inside Azure; it is tried again. A lock on the resource group can cause it too.",
  },
  {
    code: /^AllocationFailed$/,
    remedy: "retryLater",
    advice: "Azure has no capacity at the moment; it is tried again.",
  },
  {
    code: /^(AuthorizationFailed|LinkedAuthorizationFailed|AuthenticationFailed|InvalidAuthenticationToken\w*)$/,
    remedy: "retryLater",
    advice: "Give the app's identity its role on the VM's resource group.",
  },
  {
    // Ours: the restore point says that it failed, and its operation can no longer be asked why.
    code: /^RestorePointFailed$/,
    remedy: "retryLater",
    advice: "Azure gives no reason any more; it is tried again.",
  },
  {
    // Ours: see create-restore-point.ts.
    code: /^NameTaken$/,
    remedy: "retryLater",
    advice: "It is made under the next attempt's name; the reconciliation takes in the older one.",
  },
  {
    code: /^ScopeLocked$/,
    remedy: "retryLater",
    advice: "Remove the lock from the resource group, or have the restore points elsewhere.",
  },
];

export function remedyFor(error: ArmProblem): { remedy: Remedy; advice: string } {
  const row = ROWS.find(
    ({ code, message }) => code.test(error.code) && (message?.test(error.message) ?? true),
  );
  return (
    row ?? { remedy: "giveUp", advice: "See the message; nothing is tried again for this slot." }
  );
}
