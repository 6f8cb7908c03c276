/**
 * Every request to Azure Resource Manager that the app makes, by the method of its port, with the action that it takes
 * and the roles that need it. A method without its requests does not compile; docs/permissions.md and infra/bicep/roles
 * are written from here, and test/e2e/permissions.test.ts holds a recorded run to it.
 */
import type { Arm } from "../../src/lib/operations/arm.ts";
import type { ArmResources } from "../../src/lib/operations/arm-resources.ts";
import { type ArmCall, call, path, type } from "./arm-call.ts";
import { armResourceCalls } from "./arm-resource-calls.ts";

type Calls = { readonly [Method in Exclude<keyof Arm, keyof ArmResources>]: readonly ArmCall[] };

const calls: Calls = {
  getVirtualMachine: [
    call(
      "orchestrate",
      `GET ${path.vm}`,
      `${type.vms}/read`,
      "the VM that an event or a slot is about",
    ),
  ],
  listVirtualMachines: [
    call(
      "orchestrate",
      `GET ${path.inSubscription}/virtualMachines`,
      `${type.vms}/read`,
      "reconciliation, previews of policies",
    ),
  ],
  getDiskShares: [
    call(
      "orchestrate",
      `GET ${path.disk}`,
      `${type.disks}/read`,
      "whether a disk is shared, which no restore point can have",
    ),
  ],
  putRestorePointCollection: [
    call(
      "orchestrate",
      `PUT ${path.collection}`,
      `${type.collections}/write`,
      "before the first restore point, and before the first copy in a region",
    ),
  ],
  getRestorePointCollection: [
    call(
      "orchestrate",
      `GET ${path.collection}`,
      `${type.collections}/read`,
      "reconciliation, rebuild",
    ),
  ],
  listRestorePointCollections: [
    call(
      "orchestrate",
      `GET ${path.inSubscription}/restorePointCollections`,
      `${type.collections}/read`,
      "reconciliation, rebuild",
    ),
  ],
  deleteRestorePointCollection: [
    call(
      "orchestrate",
      `DELETE ${path.collection}`,
      `${type.collections}/delete`,
      "an empty one whose VM is gone",
    ),
  ],
  putRestorePoint: [
    call("orchestrate", `PUT ${path.point}`, `${type.points}/write`, "a restore point"),
  ],
  copyRestorePoint: [
    call("orchestrate", `PUT ${path.point}`, `${type.points}/write`, "a copy in another region"),
  ],
  getRestorePoint: [
    call(
      "orchestrate",
      `GET ${path.point}`,
      `${type.points}/read`,
      "what became of a restore point: disks, consistency, state",
    ),
  ],
  getReplication: [
    call(
      "orchestrate restore",
      `GET ${path.point}`,
      `${type.points}/read`,
      "how far a copy is, and whether it can be restored from",
    ),
  ],
  deleteRestorePoint: [
    call(
      "orchestrate",
      `DELETE ${path.point}`,
      `${type.points}/delete`,
      "retention, deletion on request, failed restore points",
    ),
  ],
  look: [
    call(
      "orchestrate restore",
      `GET ${path.location}/operations/{operation}`,
      "Microsoft.Compute/locations/operations/read",
      "status of restore points, copies, deletions and VMs",
    ),
    call(
      "export restore",
      `GET ${path.location}/DiskOperations/{operation}`,
      "Microsoft.Compute/locations/diskOperations/read",
      "status of access to disk restore points, and of disks",
    ),
  ],
  beginGetAccess: [
    call(
      "export",
      `POST ${path.diskPoint}/beginGetAccess`,
      `${type.diskPoints}/beginGetAccess/action`,
      "a grant begins or is extended",
    ),
  ],
  getAccess: [
    call(
      "export",
      `GET ${path.location}/DiskOperations/{operation}`,
      "Microsoft.Compute/locations/diskOperations/read",
      "the SAS, for its holder",
    ),
  ],
  endGetAccess: [
    call(
      "export",
      `POST ${path.diskPoint}/endGetAccess`,
      `${type.diskPoints}/endGetAccess/action`,
      "a grant ends, or is about to begin with a fresh SAS",
    ),
  ],
};

export const armCalls: readonly ArmCall[] = [
  ...Object.values(calls),
  ...Object.values(armResourceCalls),
].flat();
