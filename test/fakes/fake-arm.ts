/**
 * ARM in memory, on a clock that the test moves: as much of the restore point resource provider as the app meets.
 * `test/contract` holds it to the emulator.
 */
import { sameResourceId } from "../../src/lib/fleet/resource-id.ts";
import { type VmKey, vmKeyOf } from "../../src/lib/fleet/vm-key.ts";
import type {
  AccessRequest,
  Arm,
  CollectionRequest,
  CopyRequest,
  RestorePointRequest,
} from "../../src/lib/operations/arm.ts";
import { disksOf } from "./fake-arm/disks-of.ts";
import { ACCESSES } from "./fake-arm/fake-accesses.ts";
import { FakeArmResources } from "./fake-arm/fake-arm-resources.ts";
import { pageOf } from "./fake-arm/fake-pages.ts";
import { collectionReading, lookAt, readingOf, replicationIn } from "./fake-arm/fake-readings.ts";
import { RESOURCES } from "./fake-arm/fake-resources.ts";
import { collectionIdOf, type FakeRestorePoint } from "./fake-arm/fake-store.ts";
import { type Fault, inUse, missing, refused } from "./fake-arm/fault.ts";
import { reasonAgainstCopy, reasonAgainstPoint } from "./fake-arm/refusals.ts";

/** What the keys of a subscription's VMs begin with. */
const scopeOf = (subscriptionId: string): string => `${subscriptionId}~`;

const CREATES = "https://arm.test/operations";
const DELETES = "https://arm.test/deletions";

export class FakeArm extends FakeArmResources implements Arm {
  async getVirtualMachine(vm: VmKey) {
    return this.answer("getVirtualMachine", () => {
      const found = this.vms.get(vm);
      return found ? { kind: "found" as const, vm: found } : missing;
    });
  }

  async getDiskShares(diskId: string) {
    return this.answer("getDiskShares", () => {
      const disks = [...this.vms.values()].flatMap((vm) => vm.disks);
      if (!disks.some(({ id }) => id !== undefined && sameResourceId(id, diskId))) return missing;
      const maxShares = this.sharedDisks.get(diskId.toLowerCase()) ?? 1;
      return { kind: "found" as const, maxShares };
    });
  }

  async putRestorePointCollection({ id, location, sourceId }: CollectionRequest) {
    return this.answer("putRestorePointCollection", () => {
      const source = this.store.collections.get(sourceId.toLowerCase());
      const sourceVm = source?.sourceVm ?? vmKeyOf(sourceId);
      const vmId = source?.vmId ?? (sourceVm && this.vms.get(sourceVm)?.vmId);
      if (sourceVm === undefined || vmId === undefined) return missing;
      const copied = source ? { copiedFrom: source.id.toLowerCase() } : {};
      const made = { id, location, sourceId, sourceVm, vmId, managed: true, ...copied };
      const existing = this.store.collections.get(id.toLowerCase());
      this.store.collections.set(id.toLowerCase(), existing ?? made);
      return { kind: "done" as const };
    });
  }

  async putRestorePoint(request: RestorePointRequest) {
    return this.answer("putRestorePoint", (fault) => {
      const collection = this.store.collections.get(collectionIdOf(request.id));
      const vm = collection && this.vms.get(collection.sourceVm);
      if (collection === undefined || vm === undefined) return missing;
      if (this.store.get(request.id)) return refused(true, "Conflict", "It exists.");
      if (vm.vmId !== collection.vmId) return missing;
      const disks = disksOf(vm, request.excludeDiskIds, this.diskSizes);
      const ofVm = this.store.ofVm(collection.sourceVm);
      const reason = reasonAgainstPoint(ofVm, disks, this.sharedDisks, this.now());
      if (reason) return reason;
      const endsAt = this.now() + this.createMs;
      return this.#accept(request.id, { collection, request, disks, endsAt }, fault);
    });
  }

  async copyRestorePoint({ id, sourceRestorePointId }: CopyRequest) {
    return this.answer("copyRestorePoint", (fault) => {
      const collection = this.store.collections.get(collectionIdOf(id));
      const source = this.store.get(sourceRestorePointId);
      if (collection === undefined || source === undefined) return missing;
      if (this.store.get(id)) return refused(true, "Conflict", "It exists.");
      const others = this.store.ofCollection(collection.id);
      const reason = reasonAgainstCopy(collection, source, others, this.store, this.now());
      if (reason) return reason;
      const { request, disks } = source;
      const completeAt = this.now() + this.copyMs;
      const copyOf = { id: source.id, completeAt };
      return this.#accept(id, { collection, request, disks, copyOf, endsAt: this.now() }, fault);
    });
  }

  async deleteRestorePoint(id: string) {
    return this.answer("deleteRestorePoint", () => {
      const point = this.store.get(id);
      if (point === undefined) return missing;
      if (this.access.live(`${id}/`).length > 0) return inUse;
      point.deletedAt ??= this.now() + this.deleteMs;
      return { kind: "accepted" as const, statusUrl: `${DELETES}${id.toLowerCase()}` };
    });
  }

  async deleteRestorePointCollection(id: string) {
    return this.answer("deleteRestorePointCollection", () => {
      if (this.access.live(`${id}/`).length > 0) return inUse;
      for (const point of this.store.ofCollection(id)) this.store.remove(point);
      return this.store.collections.delete(id.toLowerCase()) ? { kind: "done" as const } : missing;
    });
  }

  async getRestorePoint(id: string) {
    return this.answer("getRestorePoint", () => {
      const point = this.store.get(id);
      if (point === undefined) return missing;
      return { kind: "found" as const, restorePoint: readingOf(point, this.now()) };
    });
  }

  async getReplication(id: string) {
    return this.answer("getReplication", () => {
      const point = this.store.get(id);
      if (point === undefined) return missing;
      const restorePoint = readingOf(point, this.now());
      const replication = replicationIn(point, this.now());
      return { kind: "found" as const, restorePoint, replication };
    });
  }

  async listVirtualMachines(subscriptionId: string, continuation?: string) {
    return this.answer("listVirtualMachines", () => {
      const prefix = scopeOf(subscriptionId);
      const keys = [...this.vms.keys()].filter((key) => key.startsWith(prefix));
      const page = pageOf(keys, this.pageSize, continuation, (key) => this.vms.get(key));
      const { items, ...rest } = page;
      return { kind: "page" as const, vms: items.filter((vm) => vm !== undefined), ...rest };
    });
  }

  async listRestorePointCollections(subscriptionId: string, continuation?: string) {
    return this.answer("listRestorePointCollections", () => {
      const prefix = scopeOf(subscriptionId);
      const all = [...this.store.collections.values()].filter(({ sourceVm }) =>
        sourceVm.startsWith(prefix),
      );
      const page = pageOf(all, this.pageSize, continuation, collectionReading);
      const { items: collections, ...rest } = page;
      return { kind: "page" as const, collections, ...rest };
    });
  }

  async getRestorePointCollection(id: string) {
    return this.answer("getRestorePointCollection", () => {
      const collection = this.store.collections.get(id.toLowerCase());
      if (collection === undefined) return missing;
      const restorePoints = this.store.ofCollection(id).map((each) => readingOf(each, this.now()));
      const reading = { ...collectionReading(collection), restorePoints };
      return { kind: "found" as const, collection: reading };
    });
  }

  async beginGetAccess({ id, seconds }: AccessRequest) {
    return this.answer("beginGetAccess", (fault) =>
      this.access.start({ id, seconds }, this.accessMs, fault),
    );
  }

  async endGetAccess(id: string) {
    return this.answer("endGetAccess", (fault) => this.access.start({ id }, this.accessMs, fault));
  }

  async getAccess(resultUrl: string) {
    return this.answer("getAccess", () => this.access.result(resultUrl));
  }

  async look(statusUrl: string) {
    return this.answer("look", () => {
      if (statusUrl.startsWith(RESOURCES)) return this.made.look(statusUrl);
      if (statusUrl.startsWith(ACCESSES)) return this.access.look(statusUrl);
      if (statusUrl.startsWith(DELETES)) {
        const gone = this.store.get(statusUrl.slice(DELETES.length)) === undefined;
        return { kind: gone ? ("succeeded" as const) : ("running" as const) };
      }
      return lookAt(this.store.get(statusUrl.slice(CREATES.length)), this.now());
    });
  }

  #accept(
    id: string,
    made: Pick<FakeRestorePoint, "collection" | "request" | "disks" | "endsAt" | "copyOf">,
    fault: Fault | undefined,
  ) {
    const failure = fault?.kind === "failLater" ? { failure: fault.error } : {};
    const vm = made.collection.sourceVm;
    this.store.add({ id, vm, createdAt: this.now(), ...made, ...failure });
    return { kind: "accepted" as const, statusUrl: `${CREATES}${id.toLowerCase()}` };
  }
}
