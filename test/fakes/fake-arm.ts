/**
 * ARM in memory, on a clock that the test moves: as much of the restore point resource provider as the flow meets.
 * `test/contract/arm.test.ts` holds it to the emulator.
 */
import { sameResourceId } from "../../src/lib/fleet/resource-id.ts";
import type { AttachedDisk, VirtualMachine } from "../../src/lib/fleet/virtual-machine.ts";
import { type VmKey, vmKeyOf } from "../../src/lib/fleet/vm-key.ts";
import type {
  Arm,
  ArmFailure,
  CollectionRequest,
  RestorePointReading,
  RestorePointRequest,
} from "../../src/lib/operations/arm.ts";
import type { ArmProblem } from "../../src/lib/operations/arm-problem.ts";

interface Collection {
  readonly sourceVm: VmKey;
  /** Of the VM that it was made for: one made anew under the same name is another. */
  readonly vmId: string;
}

export interface FakeRestorePoint {
  readonly id: string;
  readonly vm: VmKey;
  readonly request: RestorePointRequest;
  readonly disks: readonly AttachedDisk[];
  readonly createdAt: number;
  readonly endsAt: number;
  readonly failure?: ArmProblem;
}

/** What shall happen to the next request of a kind instead of the usual. */
export type Fault =
  | ArmFailure
  /** The request is carried out, and its answer lost. */
  | { readonly kind: "answerLost" }
  /** The request is taken, and the operation fails later. PUT only. */
  | { readonly kind: "failLater"; readonly error: ArmProblem };

const lost: ArmFailure = { kind: "unsettled", error: { code: "ECONNRESET", message: "lost" } };
const missing: ArmFailure = {
  kind: "notFound",
  error: { code: "ResourceNotFound", message: "It was not found." },
};

const refused = (conflict: boolean, code: string, message: string): ArmFailure => ({
  kind: "refused",
  conflict,
  error: { code, message },
});

const includedDisks = ({ disks }: VirtualMachine, { excludeDiskIds }: RestorePointRequest) =>
  disks.filter(
    ({ id = "" }) => id !== "" && !excludeDiskIds.some((each) => sameResourceId(each, id)),
  );

export class FakeArm implements Arm {
  readonly vms = new Map<VmKey, VirtualMachine>();
  readonly sharedDisks = new Map<string, number>();
  readonly restorePoints = new Map<string, FakeRestorePoint>();
  readonly calls: string[] = [];
  /** Asked before every request; undefined means the usual. */
  fault: (method: keyof Arm) => Fault | undefined = () => undefined;
  createMs = 30_000;
  readonly #collections = new Map<string, Collection>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  tag(vm: VmKey, tags: Readonly<Record<string, string>>): void {
    const before = this.vms.get(vm);
    if (before) this.vms.set(vm, { ...before, tags });
  }

  async getVirtualMachine(vm: VmKey) {
    return this.#answer("getVirtualMachine", () => {
      const found = this.vms.get(vm);
      return found ? { kind: "found" as const, vm: found } : missing;
    });
  }

  async getDiskShares(diskId: string) {
    return this.#answer("getDiskShares", () => {
      const disks = [...this.vms.values()].flatMap((vm) => vm.disks);
      if (!disks.some(({ id }) => id !== undefined && sameResourceId(id, diskId))) return missing;
      return { kind: "found" as const, maxShares: this.#sharesOf(diskId) };
    });
  }

  async putRestorePointCollection({ id, sourceVmId }: CollectionRequest) {
    return this.#answer("putRestorePointCollection", () => {
      const sourceVm = vmKeyOf(sourceVmId);
      const vm = sourceVm && this.vms.get(sourceVm);
      if (sourceVm === undefined || vm === undefined) return missing;
      const existing = this.#collections.get(id.toLowerCase());
      this.#collections.set(id.toLowerCase(), existing ?? { sourceVm, vmId: vm.vmId });
      return { kind: "done" as const };
    });
  }

  async putRestorePoint(request: RestorePointRequest) {
    return this.#answer("putRestorePoint", (fault) => {
      const id = request.id.toLowerCase();
      const collection = this.#collections.get(id.slice(0, id.indexOf("/restorepoints/")));
      const vm = collection && this.vms.get(collection.sourceVm);
      if (collection === undefined || vm === undefined) return missing;
      if (this.restorePoints.has(id)) return refused(true, "Conflict", "It exists.");
      if (vm.vmId !== collection.vmId) return missing;
      if (this.#isCreating(collection.sourceVm)) {
        const message = "A concurrent 'Create RestorePoint' operation was triggered on the VM.";
        return refused(true, "VMRestorePointClientError", message);
      }
      const disks = includedDisks(vm, request);
      const shared = disks.find(({ id }) => this.#sharesOf(id ?? "") > 1);
      if (shared) {
        const message = `A Virtual Machine with Shared disks is not supported. Disk: '${shared.name}'.`;
        return refused(true, "VMRestorePointClientError", message);
      }
      const createdAt = this.#now();
      this.restorePoints.set(id, {
        id: request.id,
        vm: collection.sourceVm,
        request,
        disks,
        createdAt,
        endsAt: createdAt + this.createMs,
        ...(fault?.kind === "failLater" ? { failure: fault.error } : {}),
      });
      return { kind: "accepted" as const, statusUrl: `https://arm.test/operations${id}` };
    });
  }

  async getRestorePoint(id: string) {
    return this.#answer("getRestorePoint", () => {
      const point = this.restorePoints.get(id.toLowerCase());
      return point ? { kind: "found" as const, restorePoint: this.#reading(point) } : missing;
    });
  }

  async look(statusUrl: string) {
    return this.#answer("look", () => {
      const point = this.restorePoints.get(statusUrl.slice("https://arm.test/operations".length));
      if (point === undefined) return missing;
      if (point.endsAt > this.#now()) return { kind: "running" as const };
      return point.failure
        ? { kind: "failed" as const, error: point.failure }
        : { kind: "succeeded" as const };
    });
  }

  /** Restore points of a VM that have succeeded. */
  succeeded(vm: VmKey): FakeRestorePoint[] {
    return [...this.restorePoints.values()].filter(
      (point) => point.vm === vm && !point.failure && point.endsAt <= this.#now(),
    );
  }

  #sharesOf(diskId: string): number {
    return this.sharedDisks.get(diskId.toLowerCase()) ?? 1;
  }

  #isCreating(vm: VmKey): boolean {
    return [...this.restorePoints.values()].some(
      (point) => point.vm === vm && point.endsAt > this.#now(),
    );
  }

  #answer<T>(method: keyof Arm, ask: (fault: Fault | undefined) => T): T | ArmFailure {
    this.calls.push(method);
    const fault = this.fault(method);
    if (fault !== undefined && fault.kind !== "answerLost" && fault.kind !== "failLater")
      return fault;
    const answer = ask(fault);
    return fault?.kind === "answerLost" ? lost : answer;
  }

  #reading({
    id,
    request,
    disks,
    createdAt,
    endsAt,
    failure,
  }: FakeRestorePoint): RestorePointReading {
    const ended = endsAt <= this.#now();
    const done = ended && !failure;
    return {
      id,
      provisioningState: ended ? (failure ? "Failed" : "Succeeded") : "Creating",
      ...(done ? { consistencyMode: request.consistencyMode ?? "ApplicationConsistent" } : {}),
      timeCreated: new Date(createdAt).toISOString(),
      disks: disks.map(({ name, id: diskId, lun }) => ({
        name,
        ...(diskId === undefined ? {} : { diskId }),
        ...(lun === undefined ? {} : { lun }),
        ...(done ? { diskRestorePointId: `${id}/diskRestorePoints/${name}_0` } : {}),
      })),
    };
  }
}
