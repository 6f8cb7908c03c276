/** Shows everything that the app does to the invariants, and notes the first one that is broken. */

import { collectionIdOf } from "../fakes/fake-arm/fake-store.ts";
import type { FakeArm } from "../fakes/fake-arm.ts";
import type { Broken, Effect, Invariant } from "./invariants/invariant.ts";
import type { World } from "./world.ts";

type WithoutTime<T> = T extends unknown ? Omit<T, "at"> : never;

export class Watch {
  broken: Broken | undefined;
  readonly #world: World;
  readonly #invariants: readonly Invariant[];

  constructor(world: World, invariants: readonly Invariant[]) {
    this.#world = world;
    this.#invariants = invariants;
    const { protections, points, operations } = world.durable.tables;
    protections.written = (row) => this.#see({ kind: "protection", vm: row.vm, row });
    points.written = (row) => this.#see({ kind: "point", vm: row.vm, row });
    operations.written = (row) => this.#see({ kind: "operation", vm: row.vm, row });
    this.#tap(world.arm);
  }

  /** What should have happened by now. */
  review(vms: readonly string[], calm: boolean): void {
    for (const vm of vms) {
      for (const { name, review } of this.#invariants) {
        this.#note(name, vm, review?.(vm, this.#world.now, calm));
      }
    }
  }

  #see(effect: WithoutTime<Effect>): void {
    const seen = { ...effect, at: this.#world.now };
    for (const { name, observe } of this.#invariants) this.#note(name, effect.vm, observe(seen));
  }

  #note(invariant: string, vm: string, what: string | undefined): void {
    if (what !== undefined) this.broken ??= { invariant, vm, at: this.#world.now, what };
  }

  /** Azure may carry a request out although its answer is lost, so what there is before and after counts. */
  #tap(arm: FakeArm): void {
    const put = arm.putRestorePoint.bind(arm);
    arm.putRestorePoint = async (request) => {
      const id = request.id.toLowerCase();
      const before = arm.restorePoints.get(id);
      const answer = await put(request);
      const after = arm.restorePoints.get(id);
      const made = before === after ? undefined : after;
      const consistency = request.consistencyMode ?? "ApplicationConsistent";
      this.#see({ kind: "create", vm: this.#vmOf(id), id, consistency, made });
      return answer;
    };
    const remove = arm.deleteRestorePoint.bind(arm);
    arm.deleteRestorePoint = async (id) => {
      const before = arm.store.get(id);
      const wasGoing = before?.deletedAt !== undefined;
      const answer = await remove(id);
      const deleted = before?.deletedAt === undefined || wasGoing ? undefined : before;
      this.#see({ kind: "delete", vm: this.#vmOf(id), id: id.toLowerCase(), deleted });
      return answer;
    };
    const copy = arm.copyRestorePoint.bind(arm);
    arm.copyRestorePoint = async (request) => {
      const before = arm.store.get(request.id);
      const answer = await copy(request);
      const made = before ? undefined : arm.store.get(request.id);
      const id = request.id.toLowerCase();
      this.#see({ kind: "copy", vm: this.#vmOf(id), id, made });
      return answer;
    };
  }

  #vmOf(id: string): string {
    const collection = this.#world.arm.store.collections.get(collectionIdOf(id));
    return collection?.sourceVm ?? this.#world.about;
  }
}
