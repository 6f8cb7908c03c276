/** The requests of restores, by the method of the port: see `arm-calls.ts`. */
import type { ArmResources } from "../../src/lib/operations/arm-resources.ts";
import { type ArmCall, call, type Linked, path, type } from "./arm-call.ts";

const networkStatus: Linked = {
  action: "Microsoft.Network/locations/operations/read",
  why: "status of the interface, where Azure goes on after its answer: `GET {subscription}/providers/Microsoft.Network/locations/{location}/operations/{operation}`",
  onlyInAzure: true,
};

export const armResourceCalls: { readonly [Method in keyof ArmResources]: readonly ArmCall[] } = {
  getResource: [
    call(
      "restore",
      `GET ${path.disk}`,
      `${type.disks}/read`,
      "whether a name is taken, whether a restored disk is complete, and whose it is before it is removed",
    ),
    call(
      "restore",
      `GET ${path.networkInterface}`,
      `${type.networkInterfaces}/read`,
      "whether a name is taken, and whose an interface is before it is removed",
    ),
    call(
      "restore",
      `GET ${path.vm}`,
      `${type.vms}/read`,
      "whether a name is taken, and whose a restored VM is before it is removed",
    ),
  ],
  getPowerState: [
    call(
      "restore",
      `GET ${path.vm}/instanceView`,
      `${type.vms}/instanceView/read`,
      "whether a VM that is to be left stopped is, when its status cannot be had",
    ),
  ],
  getNetworkPlace: [
    call(
      "orchestrate restore",
      `GET ${path.networkInterface}`,
      `${type.networkInterfaces}/read`,
      "the subnet that a VM is restored to; recorded with its restore points, in case the interface is gone by then",
    ),
  ],
  getVirtualNetwork: [
    call(
      "restore",
      "GET {group}/providers/Microsoft.Network/virtualNetworks/{virtualNetwork}",
      "Microsoft.Network/virtualNetworks/read",
      "whether the subnet is there, and in the region",
    ),
  ],
  getResourceGroup: [
    call(
      "restore",
      "GET {group}",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "whether the resource group of a restore is there",
    ),
  ],
  listSkus: [
    call(
      "restore",
      `GET ${path.inSubscription}/skus`,
      "Microsoft.Compute/skus/read",
      "what the region offers",
    ),
  ],
  listPermissions: [
    call(
      "restore",
      "GET {scope}/providers/Microsoft.Authorization/permissions",
      "Microsoft.Authorization/permissions/read",
      "whether a restore, its clean-up included, would be refused half-way; at the resource group, subnet, network security group and identities",
    ),
  ],
  putDisk: [
    call("restore", `PUT ${path.disk}`, `${type.disks}/write`, "a disk of a disk restore point", [
      {
        action: `${type.diskPoints}/beginGetAccess/action`,
        why: "at the disk restore point that it is made from",
      },
    ]),
  ],
  putNetworkInterface: [
    call(
      "restore",
      `PUT ${path.networkInterface}`,
      `${type.networkInterfaces}/write`,
      "the interface of a restored VM",
      [
        { action: "Microsoft.Network/virtualNetworks/subnets/join/action", why: "at its subnet" },
        {
          action: "Microsoft.Network/networkSecurityGroups/join/action",
          why: "at the network security group that the source's interface has",
        },
        networkStatus,
      ],
    ),
  ],
  putVirtualMachine: [
    call("restore", `PUT ${path.vm}`, `${type.vms}/write`, "a VM of restored disks", [
      { action: `${type.networkInterfaces}/join/action`, why: "at its interface" },
      {
        action: "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
        why: "at each user-assigned identity that the source has",
      },
    ]),
  ],
  deallocate: [
    call(
      "restore",
      `POST ${path.vm}/deallocate`,
      `${type.vms}/deallocate/action`,
      "a VM that is to be left stopped",
    ),
  ],
  deleteResource: [
    call(
      "restore",
      `DELETE ${path.disk}`,
      `${type.disks}/delete`,
      "what a restore that has failed has made",
    ),
    call(
      "restore",
      `DELETE ${path.networkInterface}`,
      `${type.networkInterfaces}/delete`,
      "what a restore that has failed has made",
      [networkStatus],
    ),
    call(
      "restore",
      `DELETE ${path.vm}`,
      `${type.vms}/delete`,
      "what a restore that has failed has made",
    ),
  ],
};
