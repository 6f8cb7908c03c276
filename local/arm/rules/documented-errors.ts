/**
 * The errors of restore points that Azure documents, by telling names: faults use them by name. One code stands for
 * several causes, so that clients must look at the message as well.
 * https://learn.microsoft.com/azure/virtual-machines/restore-point-troubleshooting
 */
import type { OperationError } from "../operations/operation.ts";

const OF_GUEST = "VMRestorePointClientError";

const failedDue = (cause: string): OperationError => ({
  code: OF_GUEST,
  message: `Restore Point creation failed due to ${cause}`,
});

export const documentedErrors = {
  ActiveSas: {
    code: "DiskRestorePointUsedByCustomer",
    message:
      "There is an active shared access signature outstanding for disk restore point. Call EndGetAccess before deleting the restore point.",
  },
  VmChangedMeanwhile: {
    code: "OperationNotAllowed",
    message:
      "Changes were made to the Virtual Machine while the operation 'Create Restore Point' was in progress. Operation Create Restore Point cannot be completed at this time. Please try again later.",
  },
  DiskNotAllocated: {
    code: "OperationNotAllowed",
    message:
      "Operation 'Create Restore Point' is not allowed as disk(s) have not been allocated successfully. Please exclude these disk(s) using excludeDisks property and retry.",
  },
  SharedDisk: {
    code: OF_GUEST,
    message:
      "Creation of Restore Point of a Virtual Machine with Shared disks is not supported. You may exclude this disk and retry creating restore point.",
  },
  AgentNotReporting: {
    code: "VMAgentStatusCommunicationError",
    message: "VM has not reported status for VM agent or extensions.",
  },
  SnapshotInternalError: {
    code: "VMRestorePointInternalError",
    message:
      "Restore Point creation failed due to an internal execution error while creating VM snapshot. Please retry the operation after some time.",
  },
  ComPlusError: failedDue('COM+ error. Please restart windows service "COM+ System Application".'),
  ComPlusMemoryQuota: failedDue("insufficient memory available in COM+ memory quota."),
  ComPlusTransactionCoordinator: failedDue(
    "an error: COM+ was unable to talk to the Microsoft Distributed Transaction Coordinator.",
  ),
  VssWritersInBadState: failedDue("VSS Writers in bad state."),
  VisualCppRedistributable: failedDue(
    "failure in installation of Visual C++ Redistributable for Visual Studio 2012.",
  ),
  SnapshotLimitReached: {
    code: OF_GUEST,
    message:
      "RestorePoint creation failed since the maximum allowed snapshot limit of one or more disk blobs has been reached. Please delete some existing restore points of this VM and then retry.",
  },
  InadequateVmResources: failedDue("inadequate VM resources. Increase VM resources and retry."),
  NoNetworkConnectivity: failedDue("no network connectivity on the virtual machine."),
  ConcurrentCreate: {
    code: OF_GUEST,
    message:
      "RestorePoint creation failed since a concurrent 'Create RestorePoint' operation was triggered on the VM.",
  },
  KeyVaultNotFound: {
    code: "DiskRestorePointClientError",
    message: "Keyvault associated with DiskEncryptionSet not found.",
  },
  ApiVersionTooOld: {
    code: "BadRequest",
    message: "This request can be made with api-version '2021-03-01' or newer.",
  },
  InternalError: {
    code: "InternalError",
    message: "An internal execution error occurred. Please retry later.",
  },
  InternalExecutionError: {
    code: "InternalExecutionError",
    message: "An internal execution error occurred. Please retry later.",
  },
  InternalOperationError: {
    code: "InternalOperationError",
    message: "An internal execution error occurred. Please retry later.",
  },
  OsProvisioningTimeout: {
    code: "OSProvisioningClientError",
    message: "OS Provisioning did not finish in the allotted time.",
  },
  AllocationFailed: {
    code: "AllocationFailed",
    message:
      "Allocation failed. There is not enough capacity for the requested VM size in this region.",
  },
  EntityNotFound: {
    code: "NotFound",
    message: "The entity was not found in this Azure location.",
  },
} as const satisfies Readonly<Record<string, OperationError>>;

type DocumentedErrorName = keyof typeof documentedErrors;

export const documentedErrorNames = Object.keys(documentedErrors) as [
  DocumentedErrorName,
  ...DocumentedErrorName[],
];
