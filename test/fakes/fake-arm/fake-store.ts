/** What the fake ARM holds, found by name, by collection and by VM without a scan. */
import type { AttachedDisk } from "../../../src/lib/fleet/virtual-machine.ts";
import type { VmKey } from "../../../src/lib/fleet/vm-key.ts";
import type { RestorePointRequest } from "../../../src/lib/operations/arm.ts";
import type { ArmProblem } from "../../../src/lib/operations/arm-problem.ts";

export interface FakeCollection {
  readonly id: string;
  readonly location: string;
  readonly sourceId: string;
  readonly sourceVm: VmKey;
  /** Of the VM that it was made for: one made anew under the same name is another. */
  readonly vmId: string;
  /** The collection that its restore points are copied from. */
  readonly copiedFrom?: string;
  readonly managed: boolean;
}

export interface FakeDisk extends AttachedDisk {
  readonly sizeInGB?: number;
}

export interface FakeRestorePoint {
  readonly id: string;
  readonly vm: VmKey;
  readonly collection: FakeCollection;
  readonly request: Pick<RestorePointRequest, "consistencyMode" | "excludeDiskIds">;
  readonly disks: readonly FakeDisk[];
  readonly createdAt: number;
  readonly endsAt: number;
  readonly failure?: ArmProblem;
  /** The restore point that it is a copy of, and when its replication is complete. */
  readonly copyOf?: { readonly id: string; readonly completeAt: number };
  /** When its deletion will be done. */
  deletedAt?: number;
}

export const collectionIdOf = (pointId: string): string =>
  pointId.slice(0, pointId.toLowerCase().indexOf("/restorepoints/")).toLowerCase();

export class FakeStore {
  readonly points = new Map<string, FakeRestorePoint>();
  readonly collections = new Map<string, FakeCollection>();
  readonly #byVm = new Map<VmKey, Set<FakeRestorePoint>>();
  readonly #byCollection = new Map<string, Set<FakeRestorePoint>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(point: FakeRestorePoint): void {
    this.points.set(point.id.toLowerCase(), point);
    addTo(this.#byVm, point.vm, point);
    addTo(this.#byCollection, collectionIdOf(point.id), point);
  }

  get(id: string): FakeRestorePoint | undefined {
    const point = this.points.get(id.toLowerCase());
    return point && this.#isAlive(point) ? point : undefined;
  }

  remove(point: FakeRestorePoint): void {
    this.points.delete(point.id.toLowerCase());
    this.#byVm.get(point.vm)?.delete(point);
    this.#byCollection.get(collectionIdOf(point.id))?.delete(point);
  }

  ofVm(vm: VmKey): FakeRestorePoint[] {
    return this.#alive(this.#byVm.get(vm));
  }

  ofCollection(id: string): FakeRestorePoint[] {
    return this.#alive(this.#byCollection.get(id.toLowerCase()));
  }

  #alive(points: ReadonlySet<FakeRestorePoint> = new Set()): FakeRestorePoint[] {
    return [...points].filter((point) => this.#isAlive(point));
  }

  #isAlive(point: FakeRestorePoint): boolean {
    if (point.deletedAt === undefined || point.deletedAt > this.#now()) return true;
    this.remove(point);
    return false;
  }
}

function addTo<Key>(
  index: Map<Key, Set<FakeRestorePoint>>,
  key: Key,
  point: FakeRestorePoint,
): void {
  const existing = index.get(key);
  if (existing) existing.add(point);
  else index.set(key, new Set([point]));
}
