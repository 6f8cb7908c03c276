/** The VM `web-01`, protected, with our collection, in which somebody else may have put something. */
import type { Point } from "../../../src/lib/fleet/restore-point.ts";
import type { VmKey } from "../../../src/lib/fleet/vm-key.ts";
import { madeByHand } from "../../fakes/fake-arm/add-foreign.ts";
import type { FakeCollection, FakeRestorePoint } from "../../fakes/fake-arm/fake-store.ts";
import { point } from "../../fixtures/points.ts";
import { COLLECTION_ID } from "../../fixtures/records.ts";
import { MINUTE, PASS, Scene } from "./scene.ts";

/** Passes enough for every collection, and every VM, to have its turn. */
export async function everyTurn(scene: Scene): Promise<void> {
  for (let turn = 0; turn < 24; turn++) {
    await scene.pass();
    scene.at += PASS;
  }
}

export interface ProtectedVm {
  readonly scene: Scene;
  readonly vm: VmKey;
  readonly collection: FakeCollection;
  /** Puts a restore point into Azure, twenty minutes old. */
  readonly inAzure: (name: string, more?: Partial<FakeRestorePoint>) => FakeRestorePoint;
  /** Puts one into the catalogue. */
  readonly inCatalogue: (name: string, more?: Partial<Point>) => Promise<Point>;
}

export async function protectedVm(): Promise<ProtectedVm> {
  const scene = new Scene();
  const vm = scene.addVm("web-01", "hourly");
  await scene.record("web-01");
  const { id: sourceId = "", location = "" } = scene.arm.vms.get(vm) ?? {};
  await scene.arm.putRestorePointCollection({ id: COLLECTION_ID, location, sourceId });
  const collection = scene.arm.store.collections.get(COLLECTION_ID.toLowerCase());
  if (collection === undefined) throw new Error("There is no collection.");
  return {
    ...{ scene, vm, collection },
    inAzure: (name, more = {}) => {
      const made = { ...madeByHand(collection, name, scene.at - 20 * MINUTE), ...more };
      scene.arm.store.add(made);
      return made;
    },
    inCatalogue: async (name, more = {}) => {
      const endedAt = new Date(scene.at - 20 * MINUTE).toISOString();
      const row = point(0, { name, endedAt, ...more });
      await scene.tables.points.upsert(row);
      return row;
    },
  };
}
