/**
 * The part of the port to ARM that restores go by: the resources that they make, and what has to be there for them. A
 * restore makes no more than one request for a resource, and tells its own by a tag.
 */
import type { VirtualMachineRequest } from "../restores/vm-request.ts";
import type { Accepted, ArmFailure } from "./arm.ts";

/** A disk, network interface or VM, as far as its making and removal go. */
export interface ResourceReading {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** `Creating`, `Updating`, `Succeeded`, `Failed` or `Deleting`. */
  readonly provisioningState: string;
  /** Of a disk whose bytes still come from where it is restored from; some kinds cannot be attached until it is 100. */
  readonly completionPercent?: number;
}

export interface DiskRequest {
  readonly id: string;
  readonly location: string;
  /** Such as `Premium_LRS`. */
  readonly sku: string;
  readonly zone?: string | undefined;
  /** At least the size of what it is restored from; left out: that size. */
  readonly sizeInGB?: number | undefined;
  /** ARM id of the disk restore point, in the same region. */
  readonly diskRestorePointId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a VM needs to know of a network to be in it. */
export interface NetworkPlace {
  /** ARM id. */
  readonly subnetId: string;
  /** ARM id. */
  readonly networkSecurityGroupId?: string | undefined;
  readonly acceleratedNetworking?: boolean | undefined;
}

export interface NetworkInterfaceRequest extends NetworkPlace {
  readonly id: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface VirtualNetworkReading {
  readonly id: string;
  readonly location: string;
  /** Names. */
  readonly subnets: readonly string[];
}

/** What a region offers of disks or of VM sizes to a subscription. */
export interface SkuReading {
  readonly resourceType: "disks" | "virtualMachines";
  /** Such as `Premium_LRS` or `Standard_D4s_v5`. */
  readonly name: string;
  /** Where in the region, by number; empty: only without a zone. */
  readonly zones: readonly string[];
  /** Of a VM size, as far as Azure tells: whether it takes Premium disks, and accelerated networking; its most data disks. */
  readonly premiumIO?: boolean;
  readonly acceleratedNetworking?: boolean;
  readonly mostDataDisks?: number;
}

/** What we may do in a resource group: actions with wildcards, less those that are taken away. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

export type PowerState = "deallocated" | "deallocating" | "other";

type Done = { readonly kind: "done" };

export interface ArmResources {
  /** `id`: of a disk, a network interface or a VM. */
  getResource(id: string): Promise<{ kind: "found"; resource: ResourceReading } | ArmFailure>;
  /** `deallocated`: stopped, and costs nothing; `deallocating`: on its way there. */
  getPowerState(vmId: string): Promise<{ kind: "found"; powerState: PowerState } | ArmFailure>;
  /** Where a network interface is; of several addresses the primary one. */
  getNetworkPlace(id: string): Promise<{ kind: "found"; place: NetworkPlace } | ArmFailure>;
  getVirtualNetwork(
    id: string,
  ): Promise<{ kind: "found"; network: VirtualNetworkReading } | ArmFailure>;
  /** Found says no more than that it is there. */
  getResourceGroup(
    subscriptionId: string,
    name: string,
  ): Promise<{ kind: "found"; location: string } | ArmFailure>;
  /** All that a region offers to a subscription: large, so it is not asked for each time. */
  listSkus(
    subscriptionId: string,
    location: string,
  ): Promise<{ kind: "found"; skus: readonly SkuReading[] } | ArmFailure>;
  /** `scope`: ARM id of a resource group or a resource. What is given at a scope above it is in it. */
  listPermissions(
    scope: string,
  ): Promise<{ kind: "found"; permissions: readonly Permission[] } | ArmFailure>;
  /** One request, never repeated by the client, as are all that follow. Done: there is nothing to wait for. */
  putDisk(request: DiskRequest): Promise<Accepted | Done | ArmFailure>;
  putNetworkInterface(request: NetworkInterfaceRequest): Promise<Accepted | Done | ArmFailure>;
  putVirtualMachine(request: VirtualMachineRequest): Promise<Accepted | Done | ArmFailure>;
  deallocate(vmId: string): Promise<Accepted | Done | ArmFailure>;
  /** `id`: of a disk, a network interface or a VM. What is gone may be answered as done or as not found. */
  deleteResource(id: string): Promise<Accepted | Done | ArmFailure>;
}
