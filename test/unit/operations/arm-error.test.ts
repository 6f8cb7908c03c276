import { describe, expect, test } from "vitest";
import { type Remedy, remedyFor } from "../../../src/lib/operations/arm-error.ts";

/** Codes and messages as Microsoft documents them: restore-point-troubleshooting. */
const documented: [string, string, Remedy][] = [
  [
    "DiskRestorePointUsedByCustomer",
    "There is an active shared access signature outstanding for disk restore point. Call EndGetAccess before deleting the restore point.",
    "revokeGrantFirst",
  ],
  [
    "OperationNotAllowed",
    "Changes were made to the Virtual Machine while the operation 'Create Restore Point' was in progress.",
    "retryLater",
  ],
  [
    "OperationNotAllowed",
    "Operation 'Create Restore Point' is not allowed as disk(s) have not been allocated successfully. Please exclude these disk(s).",
    "excludeDisks",
  ],
  [
    "VMRestorePointClientError",
    "Creation of Restore Point of a Virtual Machine with Shared disks is not supported. You may exclude this disk.",
    "excludeDisks",
  ],
  [
    "VMAgentStatusCommunicationError",
    "VM has not reported status for VM agent or extensions.",
    "fallBackToCrash",
  ],
  [
    "VMRestorePointInternalError",
    "Restore Point creation failed due to an internal execution error while creating VM snapshot. Please retry the operation after some time.",
    "retryLater",
  ],
  [
    "VMRestorePointClientError",
    "Restore Point creation failed due to COM+ error. Please restart windows service 'COM+ System Application'.",
    "fallBackToCrash",
  ],
  [
    "VMRestorePointClientError",
    "Restore Point creation failed due to insufficient memory available in COM+ memory quota.",
    "fallBackToCrash",
  ],
  [
    "VMRestorePointClientError",
    "Restore Point creation failed due to VSS Writers in bad state. Restart VSS Writer services.",
    "fallBackToCrash",
  ],
  [
    "VMRestorePointClientError",
    "Restore Point creation failed due to failure in installation of Visual C++ Redistributable for Visual Studio 2012.",
    "fallBackToCrash",
  ],
  [
    "VMRestorePointClientError",
    "Restore Point creation failed as the maximum allowed snapshot limit of one or more disk blobs has been reached. Please delete some existing restore points.",
    "retryLater",
  ],
  [
    "VMRestorePointClientError",
    "Restore Point creation failed with the error 'COM+ was unable to talk to the Microsoft Distributed Transaction Coordinator'.",
    "fallBackToCrash",
  ],
  [
    "VMRestorePointClientError",
    "Restore Point creation failed due to inadequate VM resources. Increase VM resources by changing the VM size.",
    "fallBackToCrash",
  ],
  [
    "VMRestorePointClientError",
    "Restore Point creation failed due to no network connectivity on the virtual machine.",
    "fallBackToCrash",
  ],
  [
    "VMRestorePointClientError",
    "RestorePoint creation failed since a concurrent 'Create RestorePoint' operation was triggered on the VM.",
    "retryLater",
  ],
  [
    "DiskRestorePointClientError",
    "Keyvault associated with DiskEncryptionSet not found.",
    "giveUp",
  ],
  ["BadRequest", "This request can be made with api-version '2021-03-01' or newer", "giveUp"],
  ["InternalError", "An internal execution error occurred. Please retry later.", "retryLater"],
  ["InternalExecutionError", "An internal execution error occurred.", "retryLater"],
  ["InternalOperationError", "An internal execution error occurred.", "retryLater"],
  ["OSProvisioningClientError", "OS Provisioning did not finish in the allotted time.", "giveUp"],
  ["AllocationFailed", "Allocation failed. Please try reducing the VM size.", "retryLater"],
  ["NotFound", "The entity was not found in this Azure location.", "giveUp"],
  ["ResourceNotFound", "The Resource under resource group 'rg' was not found.", "giveUp"],
];

describe("what Azure documents", () => {
  test.each(documented)("%s: %s → %s", (code, message, remedy) => {
    expect(remedyFor({ code, message }).remedy).toBe(remedy);
  });
});

describe("what else ARM answers", () => {
  test.each<[string, Remedy]>([
    ["AuthorizationFailed", "retryLater"],
    ["LinkedAuthorizationFailed", "retryLater"],
    ["AuthenticationFailed", "retryLater"],
    ["InvalidAuthenticationTokenTenant", "retryLater"],
    ["ScopeLocked", "retryLater"],
    ["RestorePointFailed", "retryLater"],
    ["SomethingNew", "giveUp"],
    ["", "giveUp"],
  ])("%s → %s", (code, remedy) => {
    expect(remedyFor({ code, message: "" }).remedy).toBe(remedy);
  });

  test.each(["OperationNotAllowed", "VMRestorePointClientError"])(
    "%s with a message that nobody knows → giveUp",
    (code) => {
      expect(remedyFor({ code, message: "Something new." }).remedy).toBe("giveUp");
    },
  );

  test("a message counts only together with its code", () => {
    const message = "Creation of Restore Point of a Virtual Machine with Shared disks";
    expect(remedyFor({ code: "BadRequest", message }).remedy).toBe("giveUp");
  });

  test("every answer comes with advice", () => {
    for (const [code, message] of documented) {
      expect(remedyFor({ code, message }).advice).toMatch(/\w.*\.$/);
    }
  });
});
