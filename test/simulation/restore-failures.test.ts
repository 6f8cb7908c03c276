/** Restores that fail, or meet what passes by itself: what becomes of what they made. */
import { beforeEach, describe, expect, test } from "vitest";
import { isBeingRestored } from "../../src/lib/restores/being-restored.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { MINUTE, RestoresScene, SETTLED } from "./restores-scene.ts";

const error = { code: "AllocationFailed", message: "There is no capacity." };

let scene: RestoresScene;
beforeEach(async () => {
  scene = await new RestoresScene().begin();
});

const state = async () => (await scene.rows()).map((row) => row.state);

describe("a restore", () => {
  test("that failed is cleaned up, and begins anew when it is asked for again", async () => {
    scene.world.arm.fault = (method) =>
      method === "putVirtualMachine" ? { kind: "failLater", error } : undefined;
    await scene.restore();
    await scene.world.pass(SETTLED);
    await scene.expectSettled();
    expect(await scene.rows()).toMatchObject([{ state: "Failed", error, attempt: 1 }]);
    scene.world.arm.fault = () => undefined;
    await scene.restore();
    await scene.world.pass(3 * MINUTE);
    await scene.expectSettled();
    expect(await scene.rows()).toMatchObject([{ state: "Succeeded", attempt: 2 }]);
  });

  test("that failed and keeps what it made takes it over when it is asked for again", async () => {
    scene.world.arm.fault = (method) =>
      method === "putVirtualMachine" ? { kind: "failLater", error } : undefined;
    const asked = { kind: "vm", onFailure: "keep" };
    await scene.restore(asked);
    await scene.world.pass(SETTLED);
    const [row] = await scene.rows();
    expect(row?.resources.map((each) => each.state)).toEqual([
      ...["Kept", "Kept", "Kept", "Kept", "Deleted"],
    ]);
    expect(scene.made()).toHaveLength(4);
    scene.world.arm.fault = () => undefined;
    await scene.restore(asked);
    await scene.world.pass(3 * MINUTE);
    await scene.expectSettled();
    expect(await state()).toEqual(["Succeeded"]);
  });

  test("meets a subnet that is being changed, and goes on when that has passed", async () => {
    let left = 3;
    const busy = { code: "AnotherOperationInProgress", message: "The subnet is being changed." };
    scene.world.arm.fault = (method) =>
      method === "putNetworkInterface" && left-- > 0
        ? { kind: "refused", conflict: true, error: busy }
        : undefined;
    await scene.restore();
    await scene.world.pass(5 * MINUTE);
    expect(await state()).toEqual(["Succeeded"]);
  });

  test("waits for the deallocation, also when nobody can ask for its operation any more", async () => {
    scene.world.arm.deallocateMs = 2 * MINUTE;
    await scene.restore({ kind: "vm", powerState: "stopped" });
    await scene.world.pass(50_000);
    scene.world.arm.fault = (method) =>
      method === "look"
        ? { kind: "notFound", error: { code: "NotFound", message: "" } }
        : undefined;
    await scene.world.pass(5 * MINUTE);
    expect(await state()).toEqual(["Succeeded"]);
  });

  test("whose clean-up Azure refuses is told as failed at once, and lets its restore point go", async () => {
    const locked = { code: "ScopeLocked", message: "There is a lock." };
    scene.world.arm.fault = (method) => {
      if (method === "putVirtualMachine") return { kind: "failLater", error };
      return method === "deleteResource"
        ? { kind: "refused", conflict: true, error: locked }
        : undefined;
    };
    await scene.restore();
    await scene.world.pass(10 * MINUTE);
    expect(await state()).toEqual(["CleaningUp"]);
    expect(await scene.audited("restoreFailed")).toBe(1);
    const [row] = await scene.rows();
    expect(
      await isBeingRestored(scene.world.tables, {
        vm: scene.vm,
        point: scene.point,
        region: undefined,
      }),
    ).toBe(false);
    expect(row?.cleanUps).toBeGreaterThan(0);
    await scene.world.pass(24 * 60 * MINUTE);
    const operations = await allOf(scene.world.tables.operations);
    // Less and less often, up to once an hour.
    expect(operations.filter(({ kind }) => kind === "deleteRestored").length).toBeLessThan(40);
    scene.world.arm.fault = () => undefined;
    await scene.world.pass(2 * 60 * MINUTE);
    expect(await state()).toEqual(["Failed"]);
    expect(await scene.audited("restoreFailed")).toBe(1);
  });

  test("whose failure Azure tells at length ends all the same", async () => {
    const long = { code: "RequestDisallowedByPolicy", message: "x".repeat(20_000) };
    scene.world.arm.fault = (method) =>
      method === "putNetworkInterface"
        ? { kind: "refused", conflict: false, error: long }
        : undefined;
    await scene.restore();
    await scene.world.pass(SETTLED);
    await scene.expectSettled();
    expect(await scene.audited("restoreFailed")).toBe(1);
  });

  test("whose clean-up Azure refuses goes on trying until nothing is left", async () => {
    const locked = { code: "ScopeLocked", message: "There is a lock." };
    scene.world.arm.fault = (method) => {
      if (method === "putVirtualMachine") return { kind: "failLater", error };
      if (method === "deleteResource") return { kind: "refused", conflict: true, error: locked };
      return undefined;
    };
    await scene.restore();
    await scene.world.pass(3 * 60 * MINUTE);
    expect(await scene.rows()).toMatchObject([{ state: "CleaningUp", error }]);
    expect(scene.made()).toHaveLength(5);
    scene.world.arm.fault = () => undefined;
    await scene.world.pass(2 * 60 * MINUTE);
    await scene.expectSettled();
    expect(await state()).toEqual(["Failed"]);
  });

  test("removes nothing whose tag it cannot read", async () => {
    scene.world.arm.fault = (method) => {
      if (method === "putVirtualMachine") return { kind: "failLater", error };
      const isCleanUp = method === "getResource" && scene.made().length === 5;
      return isCleanUp ? { kind: "refused", conflict: false, error } : undefined;
    };
    await scene.restore();
    await scene.world.pass(SETTLED);
    expect(scene.made()).toHaveLength(5);
    expect(scene.world.arm.calls).not.toContain("deleteResource");
  });

  test("removes nothing that does not carry its tag, though it has the name of what it made", async () => {
    scene.world.arm.fault = (method) =>
      method === "putVirtualMachine" ? { kind: "failLater", error } : undefined;
    await scene.restore({ kind: "vm", name: "copy-01", diskNames: "copy-{lun}" });
    await scene.world.pass(20_000);
    const disk = scene.world.arm.resources().find(({ kind }) => kind === "disk");
    if (disk?.kind !== "disk") throw new Error("There is no disk.");
    // Somebody takes the restore's disk over, and says so.
    Object.assign(disk, { request: { ...disk.request, tags: { team: "shop" } } });
    await scene.world.pass(SETTLED);
    expect(await state()).toEqual(["Failed"]);
    expect(scene.world.arm.resources().map(({ id }) => id)).toEqual([disk.id]);
  });
});
