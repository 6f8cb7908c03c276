import { describe, expect, test } from "vitest";
import {
  type OpenSlot,
  type Protection,
  protectionKey,
} from "../../../src/lib/fleet/protection.ts";
import type { Point } from "../../../src/lib/fleet/restore-point.ts";
import { planDeletedVm, planProtection } from "../../../src/lib/plan/plan-protection.ts";
import { retireVm } from "../../../src/lib/plan/retire-vm.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { point } from "../../fixtures/points.ts";
import {
  openSlot,
  operationId,
  policies,
  policy,
  protection,
  virtualMachine,
  vmKey,
} from "../../fixtures/records.ts";

const now = new Date("2026-01-31T10:00:20.000Z");

async function scene(more: Partial<Protection> = {}) {
  const tables = memoryTables();
  await tables.protections.upsert(protection(more));
  /** Asks now for what was asked for first at `first`. */
  const retire = (first = now, at = now) => retireVm({ tables, now: () => at }, vmKey(), first);
  const record = async () => (await tables.protections.get(protectionKey(vmKey())))?.record;
  return { tables, retire, record };
}

describe("a VM that is about to be deleted", () => {
  test("gets a last restore point, of the best consistency that can be had", async () => {
    const { retire, record } = await scene();
    expect(await retire()).toEqual({
      kind: "accepted",
      slot: "r202601311000",
      restorePoint: "r202601311000-a1",
    });
    expect((await record())?.openSlots).toMatchObject([
      { cause: "retire", consistency: "ApplicationThenCrashConsistent", policies: ["hourly"] },
    ]);
  });

  test("gets one, however often it is asked for", async () => {
    const { retire, record } = await scene();
    const first = await retire();
    expect(await retire()).toEqual(first);
    expect((await record())?.openSlots).toHaveLength(1);
  });

  test("gets it before what was asked for on demand, and after what is being made", async () => {
    const asked = (number: number, more: Partial<OpenSlot> = {}) =>
      openSlot({ slot: `r${number}`, cause: "requested", request: operationId(number), ...more });
    const openSlots = [asked(1, { operation: operationId(50) }), asked(2), asked(3)];
    const { retire, record } = await scene({ openSlots });
    await retire();
    const slots = (await record())?.openSlots.map(({ slot }) => slot);
    expect(slots).toEqual(["r1", "r202601311000", "r2", "r3"]);
  });

  test("gets it also without a tag", async () => {
    const { retire, record } = await scene({ status: "Unprotected", policies: [] });
    await retire();
    const previous = await record();
    const planned = planProtection({
      key: vmKey(),
      vm: virtualMachine({ tags: {} }),
      previous,
      resolution: { kind: "unprotected" },
      policies: policies(policy("hourly")),
      limits: azureLimits,
      now,
    });
    expect(planned?.openSlots).toHaveLength(1);
    expect(previous && planDeletedVm(previous, now).openSlots).toEqual([]);
  });

  describe("and that is asked for again hours later", () => {
    const later = new Date("2026-01-31T15:30:00.000Z");
    const made = (attempt: number, state: Point["state"], more: Partial<Point> = {}) =>
      point(0, {
        ...{ name: `r202601311000-a${attempt}`, slot: "r202601311000", attempt, cause: "retire" },
        ...{ state, ...more },
      });

    test("gets one of now when the first request has come to nothing", async () => {
      const { retire, record } = await scene();
      expect(await retire(now, later)).toMatchObject({ restorePoint: "r202601311530-a1" });
      expect((await record())?.openSlots).toMatchObject([
        { slot: "r202601311530", at: later.toISOString(), notBefore: later.toISOString() },
      ]);
    });

    test.each([
      ["that was made", [made(1, "Succeeded")], "r202601311000-a1"],
      ["that was made in the end", [made(2, "Succeeded"), made(1, "Failed")], "r202601311000-a2"],
      ["that failed", [made(1, "Failed"), made(2, "Failed")], "r202601311000-a2"],
    ])("is told the one %s, whatever has come since", async (_what, points, restorePoint) => {
      const lastSlot = { slot: "s1", at: later.toISOString(), point: "s1-a1" } as const;
      const { retire, record, tables } = await scene({
        lastSlot: { ...lastSlot, state: "Succeeded" },
      });
      for (const row of points) await tables.points.upsert(row);
      const answer = { kind: "accepted", slot: "r202601311000", restorePoint };
      expect(await retire(now, later)).toEqual(answer);
      expect((await record())?.openSlots).toEqual([]);
    });

    test("takes none for it that was asked for on demand in the same minute", async () => {
      const { retire, tables } = await scene();
      const name = "r202601311000-a1b2c3d4-a1";
      await tables.points.upsert(point(0, { name, slot: "r202601311000-a1b2c3d4" }));
      expect(await retire(now, later)).toMatchObject({ slot: "r202601311530" });
    });

    test("is told the one that is still waiting", async () => {
      const { retire, record } = await scene();
      const first = await retire();
      expect(await retire(now, later)).toEqual(first);
      expect((await record())?.openSlots).toHaveLength(1);
    });
  });

  test("that is gone already is told so", async () => {
    const { retire } = await scene({ status: "VmDeleted" });
    expect(await retire()).toEqual({ kind: "gone" });
  });

  test("that nobody knows is not found", async () => {
    const { tables } = await scene();
    expect(await retireVm({ tables, now: () => now }, vmKey("other"), now)).toEqual({
      kind: "notFound",
    });
  });
});
