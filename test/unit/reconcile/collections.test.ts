import { describe, expect, test } from "vitest";
import { pointKey } from "../../../src/lib/fleet/restore-point.ts";
import { addForeign } from "../../fakes/fake-arm/add-foreign.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { vmKey } from "../../fixtures/records.ts";
import { everyTurn, protectedVm } from "./protected-vm.ts";
import { MINUTE } from "./scene.ts";

describe("restore points of other products", () => {
  test("are counted, whatever their collection is called, and never touched", async () => {
    const { scene, vm } = await protectedVm();
    addForeign(scene.arm, vm, "AzureBackup_web-01_123", 7, scene.at - 20 * MINUTE);
    addForeign(scene.arm, vm, "rpc-web-01-by-hand", 2, scene.at - 20 * MINUTE);
    await everyTurn(scene);
    const counted = await allOf(scene.tables.foreignPoints);
    expect(counted.map(({ points }) => points).sort()).toEqual([0, 2, 7]);
    expect(await allOf(scene.tables.points)).toEqual([]);
    expect(scene.arm.calls.filter((call) => call.startsWith("delete"))).toEqual([]);
  });

  test("each collection is read once in twenty-four passes", async () => {
    const { scene, vm } = await protectedVm();
    addForeign(scene.arm, vm, "another", 1, scene.at);
    await everyTurn(scene);
    const reads = scene.arm.calls.filter((call) => call === "getRestorePointCollection");
    expect(reads).toHaveLength(2);
  });
});

describe("in our own collection", () => {
  test("a restore point that somebody made by hand is counted, and left alone", async () => {
    const { scene, inAzure } = await protectedVm();
    inAzure("before-the-upgrade");
    await everyTurn(scene);
    expect(await allOf(scene.tables.points)).toEqual([]);
    expect(await allOf(scene.tables.foreignPoints)).toEqual([
      expect.objectContaining({ points: 1 }),
    ]);
  });

  test("one of ours that the catalogue lacks is adopted, with its slot", async () => {
    const { scene, inAzure, vm } = await protectedVm();
    inAzure("s202601310900-a2");
    await everyTurn(scene);
    const point = (await scene.tables.points.get(pointKey(vmKey(), "s202601310900-a2")))?.record;
    expect(point).toMatchObject({
      slot: "s202601310900",
      attempt: 2,
      cause: "schedule",
      at: "2026-01-31T09:00:00.000Z",
      state: "Succeeded",
      policies: ["hourly"],
    });
    expect(await scene.drift()).toEqual([
      expect.objectContaining({ kind: "unknownPoint", vm, about: "s202601310900-a2" }),
    ]);
    expect(await allOf(scene.tables.foreignPoints)).toEqual([
      expect.objectContaining({ points: 0 }),
    ]);
  });
});
