/** The part of the port to ARM that restores go by: disks and VMs on the official Compute client, the rest plainly. */
import type {
  ArmResources,
  DiskRequest,
  NetworkInterfaceRequest,
} from "../operations/arm-resources.ts";
import { resourceKindOf } from "../operations/resource-kind.ts";
import type { VirtualMachineRequest } from "../restores/vm-request.ts";
import { acceptedOrDone } from "./arm-accepted.ts";
import { ArmClient, type AzureArmOptions } from "./arm-client.ts";
import { permissionsIn, skusOf } from "./arm-offers.ts";
import { get, send, urlOf } from "./arm-plain.ts";
import { diskBodyOf, networkInterfaceBodyOf, virtualMachineBodyOf } from "./arm-resource-bodies.ts";
import {
  networkInterfaceSchema,
  networkPlaceSchema,
  powerStateIn,
  resourceGroupSchema,
  resourceReadingOf,
  virtualNetworkSchema,
} from "./arm-resource-readings.ts";

export class AzureArmResources implements ArmResources {
  protected readonly arm: ArmClient;

  constructor(options: AzureArmOptions) {
    this.arm = new ArmClient(options);
  }

  async getResource(id: string) {
    const kind = resourceKindOf(id);
    if (kind === "networkInterface") {
      const url = urlOf(this.arm, id, "network");
      return await get(this.arm, url, networkInterfaceSchema, (resource) => ({
        kind: "found" as const,
        resource,
      }));
    }
    const { client, resourceGroup, name } = this.arm.addressed(id);
    const { disks, virtualMachines } = client;
    return await this.arm.request(
      (options) =>
        kind === "disk"
          ? disks.get(resourceGroup, name, options)
          : virtualMachines.get(resourceGroup, name, options),
      (model) => ({ kind: "found" as const, resource: resourceReadingOf(model) }),
    );
  }

  async getPowerState(vmId: string) {
    const { client, resourceGroup, name } = this.arm.addressed(vmId);
    return await this.arm.request(
      (options) => client.virtualMachines.instanceView(resourceGroup, name, options),
      ({ statuses = [] }) => ({
        kind: "found" as const,
        powerState: powerStateIn(statuses),
      }),
    );
  }

  async getNetworkPlace(id: string) {
    const url = urlOf(this.arm, id, "network");
    return await get(this.arm, url, networkPlaceSchema, (place) => ({
      kind: "found" as const,
      place,
    }));
  }

  async getVirtualNetwork(id: string) {
    const url = urlOf(this.arm, id, "network");
    return await get(this.arm, url, virtualNetworkSchema, (network) => ({
      kind: "found" as const,
      network,
    }));
  }

  async getResourceGroup(subscriptionId: string, name: string) {
    const path = `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
    const url = urlOf(this.arm, path, "resources");
    return await get(this.arm, url, resourceGroupSchema, ({ location }) => ({
      kind: "found" as const,
      location,
    }));
  }

  listSkus(subscriptionId: string, location: string) {
    return skusOf(this.arm, subscriptionId, location);
  }

  listPermissions(scope: string) {
    return permissionsIn(this.arm, scope);
  }

  async putDisk(request: DiskRequest) {
    const { client, resourceGroup, name } = this.arm.addressed(request.id);
    const body = diskBodyOf(request);
    return await this.arm.request(
      (options) => client.disks.createOrUpdate(resourceGroup, name, body, options).submitted(),
      (_, response) => acceptedOrDone(response),
    );
  }

  async putNetworkInterface(request: NetworkInterfaceRequest) {
    const url = urlOf(this.arm, request.id, "network");
    const body = networkInterfaceBodyOf(request);
    return await send(this.arm, { method: "PUT", url, body }, acceptedOrDone);
  }

  async putVirtualMachine(request: VirtualMachineRequest) {
    const { client, resourceGroup, name } = this.arm.addressed(request.id);
    const { virtualMachines } = client;
    const body = virtualMachineBodyOf(request);
    return await this.arm.request(
      (options) => virtualMachines.createOrUpdate(resourceGroup, name, body, options).submitted(),
      (_, response) => acceptedOrDone(response),
    );
  }

  async deallocate(vmId: string) {
    const { client, resourceGroup, name } = this.arm.addressed(vmId);
    return await this.arm.request(
      (options) => client.virtualMachines.deallocate(resourceGroup, name, options).submitted(),
      (_, response) => acceptedOrDone(response),
    );
  }

  async deleteResource(id: string) {
    const kind = resourceKindOf(id);
    if (kind === "networkInterface") {
      const url = urlOf(this.arm, id, "network");
      return await send(this.arm, { method: "DELETE", url }, acceptedOrDone);
    }
    const { client, resourceGroup, name } = this.arm.addressed(id);
    const { disks, virtualMachines } = client;
    return await this.arm.request(
      (options) =>
        kind === "disk"
          ? disks.delete(resourceGroup, name, options).submitted()
          : virtualMachines.delete(resourceGroup, name, options).submitted(),
      (_, response) => acceptedOrDone(response),
    );
  }
}
