/**
 * ARM in memory, on a clock that the test moves: as much of the restore point resource provider as the flow meets.
 * `test/contract/arm.test.ts` holds it to the emulator.
 */
import type { VirtualMachine } from "../../src/lib/fleet/virtual-machine.ts";
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
}

export interface FakeRestorePoint {
  readonly id: string;
  readonly vm: VmKey;
  readonly request: RestorePointRequest;
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
    return this.#answer("getDiskShares", () => ({
      kind: "found" as const,
      maxShares: this.sharedDisks.get(diskId.toLowerCase()) ?? 1,
    }));
  }

  async putRestorePointCollection({ id, sourceVmId }: CollectionRequest) {
    return this.#answer("putRestorePointCollection", () => {
      const sourceVm = vmKeyOf(sourceVmId);
      if (sourceVm === undefined || !this.vms.has(sourceVm)) return missing;
      this.#collections.set(id.toLowerCase(), { sourceVm });
      return { kind: "done" as const };
    });
  }

  async putRestorePoint(request: RestorePointRequest) {
    return this.#answer("putRestorePoint", (fault) => {
      const id = request.id.toLowerCase();
      const collection = this.#collections.get(id.slice(0, id.indexOf("/restorepoints/")));
      if (collection === undefined) return missing;
      if (this.restorePoints.has(id)) return refused(true, "Conflict", "It exists.");
      if (this.#isCreating(collection.sourceVm)) {
        const message = "A concurrent 'Create RestorePoint' operation was triggered on the VM.";
        return refused(true, "VMRestorePointClientError", message);
      }
      const createdAt = this.#now();
      this.restorePoints.set(id, {
        id: request.id,
        vm: collection.sourceVm,
        request,
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

  #reading({ id, vm, request, createdAt, endsAt, failure }: FakeRestorePoint): RestorePointReading {
    const disks = this.vms.get(vm)?.disks ?? [];
    const included = disks.filter((disk) => disk.id && !request.excludeDiskIds.includes(disk.id));
    const ended = endsAt <= this.#now();
    const done = ended && !failure;
    return {
      id,
      provisioningState: ended ? (failure ? "Failed" : "Succeeded") : "Creating",
      ...(done ? { consistencyMode: request.consistencyMode ?? "ApplicationConsistent" } : {}),
      timeCreated: new Date(createdAt).toISOString(),
      disks: included.map(({ name, id: diskId, lun }) => ({
        name,
        ...(diskId === undefined ? {} : { diskId }),
        ...(lun === undefined ? {} : { lun }),
        ...(done ? { diskRestorePointId: `${id}/diskRestorePoints/${name}_0` } : {}),
      })),
    };
  }
}
