import { describe, expect, test } from "vitest";
import { pointKey } from "../../../src/lib/fleet/restore-point.ts";
import { copyKey } from "../../../src/lib/fleet/restore-point-copy.ts";
import { copyOf } from "../../fixtures/points.ts";
import { operationId } from "../../fixtures/records.ts";
import { everyTurn, protectedVm } from "./protected-vm.ts";
import { MINUTE } from "./scene.ts";

describe("a restore point that somebody else deleted", () => {
  test("leaves the catalogue, and the newest that is left counts as the last good one", async () => {
    const { scene, vm, inAzure, inCatalogue } = await protectedVm();
    inAzure("s202601310800-a1");
    const there = await inCatalogue("s202601310800-a1", { at: "2026-01-31T08:00:00.000Z" });
    const gone = await inCatalogue("s202601310900-a1", { at: "2026-01-31T09:00:00.000Z" });
    await scene.record("web-01", { lastGoodPoint: { name: gone.name, at: gone.at } });
    await everyTurn(scene);
    expect(await scene.tables.points.get(pointKey(vm, gone.name))).toBeUndefined();
    expect(await scene.tables.points.get(pointKey(vm, there.name))).toBeDefined();
    expect(await scene.recorded("web-01")).toMatchObject({
      lastGoodPoint: { name: there.name, at: there.at },
    });
    expect(await scene.drift()).toEqual([
      expect.objectContaining({ kind: "missingPoint", vm, about: gone.name }),
    ]);
  });

  test("leaves the catalogue with all others when the whole collection was deleted", async () => {
    const { scene, vm, collection, inCatalogue } = await protectedVm();
    await inCatalogue("s202601310800-a1");
    await inCatalogue("s202601310900-a1");
    scene.arm.store.collections.delete(collection.id.toLowerCase());
    await everyTurn(scene);
    expect((await scene.drift()).map(({ kind }) => kind)).toEqual(["missingPoint", "missingPoint"]);
    expect(scene.planned("plan-points")).toContain(vm);
  });

  test("is not missed while it is on its way", async () => {
    const { scene, inCatalogue } = await protectedVm();
    const deletion = {
      operation: operationId(),
      reason: "It is old.",
      decidedAt: new Date(scene.at).toISOString(),
    };
    await inCatalogue("s202601310800-a1", { deletion });
    await inCatalogue("s202601310900-a1", { state: "Creating" });
    scene.arm.fault = () => {
      // Made just now, in whatever pass the collection is read.
      void inCatalogue("s202601311000-a1", { endedAt: new Date(scene.at - MINUTE).toISOString() });
      return undefined;
    };
    await everyTurn(scene);
    expect(await scene.drift()).toEqual([]);
  });

  test("is not missed while Azure cannot be asked", async () => {
    const { scene, inCatalogue } = await protectedVm();
    await inCatalogue("s202601310800-a1");
    const error = { code: "InternalServerError", message: "Try again." };
    scene.arm.fault = (method) =>
      method === "getRestorePointCollection" ? { kind: "unsettled", error } : undefined;
    await scene.pass(50);
    expect(await scene.drift()).toEqual([]);
  });
});

test("a copy that somebody else deleted leaves the catalogue", async () => {
  const { scene, vm, inAzure, inCatalogue } = await protectedVm();
  inAzure("s202601310800-a1");
  const source = await inCatalogue("s202601310800-a1");
  const copy = copyOf(source, "northeurope");
  await scene.tables.copies.upsert(copy);
  await everyTurn(scene);
  const key = copyKey(vm, "northeurope", source.name);
  expect(await scene.tables.copies.get(key)).toBeUndefined();
  expect(await scene.drift()).toEqual([
    expect.objectContaining({ kind: "missingPoint", about: `${source.name} in northeurope` }),
  ]);
});

describe("a restore point that failed as far as we know", () => {
  test("is good again when Azure made it after all", async () => {
    const { scene, vm, inAzure, inCatalogue } = await protectedVm();
    const error = { code: "GatewayTimeout", message: "No answer." };
    inAzure("s202601310900-a1");
    await inCatalogue("s202601310900-a1", { state: "Failed", error, outcomeUnknown: true });
    await everyTurn(scene);
    const point = (await scene.tables.points.get(pointKey(vm, "s202601310900-a1")))?.record;
    expect(point).toMatchObject({ state: "Succeeded" });
    expect(point).not.toHaveProperty("error");
    expect(await scene.recorded("web-01")).toMatchObject({
      lastGoodPoint: { name: "s202601310900-a1" },
    });
    expect(await scene.drift()).toEqual([expect.objectContaining({ kind: "unknownPoint" })]);
  });
});
