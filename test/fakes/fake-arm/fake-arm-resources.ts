/** The part of the fake ARM that restores go by. VMs that are protected are known to it, but are none of its own. */
import { sameResourceId } from "../../../src/lib/fleet/resource-id.ts";
import type { VirtualMachine } from "../../../src/lib/fleet/virtual-machine.ts";
import { vmKeyOf } from "../../../src/lib/fleet/vm-key.ts";
import type {
  ArmResources,
  DiskRequest,
  NetworkInterfaceRequest,
  ResourceReading,
} from "../../../src/lib/operations/arm-resources.ts";
import type { VirtualMachineRequest } from "../../../src/lib/restores/vm-request.ts";
import { FakeArmFrame } from "./fake-arm-frame.ts";
import { type FakeResource, provisioningStateOf } from "./fake-resource.ts";
import { missing, missingGroup, refused } from "./fault.ts";
import {
  reasonAgainstDisk,
  reasonAgainstInterface,
  reasonAgainstRemoval,
  reasonAgainstVm,
} from "./resource-refusals.ts";

const inUse = refused(true, "OperationNotAllowed", "The disk is attached to a VM.");
const noSubnet = refused(false, "InvalidResourceReference", "There is no such subnet there.");
const taken = refused(true, "PropertyChangeNotAllowed", "It exists, and is another one.");

export class FakeArmResources extends FakeArmFrame implements ArmResources {
  async getResource(id: string) {
    return this.answer("getResource", () => {
      const made = this.made.get(id);
      const resource = made ? this.#readingOf(made) : this.#foreign(id);
      return resource ? { kind: "found" as const, resource } : missing;
    });
  }

  async getPowerState(vmId: string) {
    return this.answer("getPowerState", () => {
      const vm = this.made.get(vmId);
      if (vm === undefined && this.#foreign(vmId) === undefined) return missing;
      const { endsAt, failure } = vm?.deallocation ?? {};
      if (endsAt === undefined) return { kind: "found" as const, powerState: "other" as const };
      if (endsAt > this.now())
        return { kind: "found" as const, powerState: "deallocating" as const };
      const powerState = failure ? ("other" as const) : ("deallocated" as const);
      return { kind: "found" as const, powerState };
    });
  }

  async getNetworkPlace(id: string) {
    return this.answer("getNetworkPlace", () => {
      const made = this.made.get(id);
      const own = made?.kind === "networkInterface" ? made.request : undefined;
      const place = own ?? this.surroundings.networkPlaces.get(id.toLowerCase());
      if (place === undefined) return missing;
      const { subnetId, networkSecurityGroupId: group, acceleratedNetworking: fast } = place;
      const more = {
        ...(group === undefined ? {} : { networkSecurityGroupId: group }),
        ...(fast === undefined ? {} : { acceleratedNetworking: fast }),
      };
      return { kind: "found" as const, place: { subnetId, ...more } };
    });
  }

  async getVirtualNetwork(id: string) {
    return this.answer("getVirtualNetwork", () => {
      if (!this.surroundings.hasGroupOf(id)) return missingGroup;
      const network = this.surroundings.network(id);
      return network ? { kind: "found" as const, network } : missing;
    });
  }

  async getResourceGroup(_subscriptionId: string, name: string) {
    return this.answer("getResourceGroup", () => {
      const { location } = this.surroundings;
      return this.surroundings.hasGroup(name) ? { kind: "found" as const, location } : missingGroup;
    });
  }

  async listSkus(_subscriptionId: string, _location: string) {
    return this.answer("listSkus", () => {
      const { skus } = this.surroundings;
      return { kind: "found" as const, skus };
    });
  }

  async listPermissions(scope: string) {
    return this.answer("listPermissions", () => {
      if (!this.surroundings.hasGroupOf(scope)) return missingGroup;
      const permissions = this.surroundings.permissionsAt(scope);
      return { kind: "found" as const, permissions };
    });
  }

  async putDisk(request: DiskRequest) {
    return this.answer("putDisk", (fault) => {
      if (!this.surroundings.hasGroupOf(request.id)) return missingGroup;
      if (this.#foreign(request.id)) return taken;
      const before = this.made.get(request.id);
      const reason = reasonAgainstDisk(request, before, this.store, this.now());
      return reason ?? this.made.put({ kind: "disk", request }, this.diskMs, fault);
    });
  }

  async putNetworkInterface(request: NetworkInterfaceRequest) {
    return this.answer("putNetworkInterface", (fault) => {
      if (!this.surroundings.hasGroupOf(request.id)) return missingGroup;
      if (this.surroundings.networkPlaces.has(request.id.toLowerCase())) return taken;
      if (!this.surroundings.hasSubnet(request.subnetId, request.location)) return noSubnet;
      const asked = { kind: "networkInterface", request } as const;
      const reason = reasonAgainstInterface(this.made.get(request.id), this.now());
      return reason ?? this.made.put(asked, this.networkInterfaceMs, fault);
    });
  }

  async putVirtualMachine(request: VirtualMachineRequest) {
    return this.answer("putVirtualMachine", (fault) => {
      if (!this.surroundings.hasGroupOf(request.id)) return missingGroup;
      if (this.#foreign(request.id)) return taken;
      const isForeign = (diskId: string) => this.#foreign(diskId) !== undefined;
      const reason = reasonAgainstVm(request, this.made, isForeign, this.now());
      return reason ?? this.made.put({ kind: "virtualMachine", request }, this.vmMs, fault);
    });
  }

  async deallocate(vmId: string) {
    return this.answer("deallocate", (fault) => {
      const vm = this.made.get(vmId);
      return vm ? this.made.deallocate(vm, this.deallocateMs, fault) : missing;
    });
  }

  async deleteResource(id: string) {
    return this.answer("deleteResource", (fault) => {
      const resource = this.made.get(id);
      if (resource === undefined) return this.#removeForeign(id);
      const reason = reasonAgainstRemoval(resource, this.made);
      return reason ?? this.made.remove(resource, this.removeMs, fault);
    });
  }

  /** No restore should do that: tests see that the VM is gone. */
  #removeForeign(id: string) {
    const key = vmKeyOf(id);
    if (key && this.vms.delete(key)) return { kind: "done" as const };
    return this.#foreign(id) ? inUse : { kind: "done" as const };
  }

  #readingOf(made: FakeResource): ResourceReading {
    const provisioningState = provisioningStateOf(made, this.now());
    const reading = { id: made.id, tags: made.request.tags, provisioningState };
    const hydrates = made.kind === "disk" && /^(PremiumV2|UltraSSD)_LRS$/.test(made.request.sku);
    if (!hydrates || this.hydrationMs === 0) return reading;
    const share = (this.now() - made.madeAt) / this.hydrationMs;
    return { ...reading, completionPercent: Math.min(100, Math.floor(100 * share)) };
  }

  /** A protected VM, or a disk of one. */
  #foreign(id: string): ResourceReading | undefined {
    const provisioningState = "Succeeded";
    const key = vmKeyOf(id);
    const vm = key && this.vms.get(key);
    if (vm) return { id, tags: vm.tags, provisioningState };
    const hasIt = ({ disks }: VirtualMachine) =>
      disks.some((disk) => disk.id !== undefined && sameResourceId(disk.id, id));
    return [...this.vms.values()].some(hasIt) ? { id, tags: {}, provisioningState } : undefined;
  }
}
