/** What `plan-protection.ts` makes of a VM whose tag is gone, opts out or cannot be read. */
import { describe, expect, test } from "vitest";
import { planDeletedVm } from "../../../src/lib/plan/plan-protection.ts";
import { protection } from "../../fixtures/records.ts";
import { now, plan, running, waiting } from "./planning.ts";

describe("a VM without a tag", () => {
  test("that never had one leaves no trace", () => {
    expect(plan(undefined)).toBeUndefined();
  });

  test.each<[string | undefined, object]>([
    [undefined, { status: "Unprotected", policies: [], options: { exclude: [] } }],
    ["none", { status: "OptedOut", tag: "none", policies: [], options: { exclude: [] } }],
  ])("or with %j is released: what waits is dropped, what runs finishes", (tag, released) => {
    const before = protection({
      openSlots: [running, waiting],
      options: { exclude: [{ lun: 1 }] },
    });
    const after = plan(tag, before);
    expect(after).toMatchObject({ ...released, generation: 1, openSlots: [running] });
    expect(after?.openSlots).toHaveLength(1);
    expect(after).not.toHaveProperty("nextSlotAt");
    if (tag === undefined) expect(after).not.toHaveProperty("tag");
  });

  test("opted out before it was ever protected is recorded, so that an operator sees it", () => {
    expect(plan("none")).toMatchObject({ status: "OptedOut", generation: 0, openSlots: [] });
  });

  test("keeps the record of its last slot", () => {
    const lastSlot = {
      slot: "t1",
      at: now.toISOString(),
      state: "Succeeded",
      point: "t1-a1",
    } as const;
    expect(plan(undefined, protection({ lastSlot }))).toMatchObject({ lastSlot });
  });
});

describe("a tag that cannot be read", () => {
  test("leaves in force what was, with the reason beside it", () => {
    const before = protection({
      options: { exclude: [{ lun: 1 }] },
      openSlots: [running, waiting],
    });
    expect(plan("platinum", before)).toEqual({
      ...before,
      misconfiguration: { tag: "platinum", reason: expect.stringContaining("`platinum`") },
      nextSlotAt: expect.any(String),
      updatedAt: now.toISOString(),
    });
  });

  test("lets the schedule go on", () => {
    const nextSlotAt = "2026-01-31T10:00:00.000Z";
    expect(plan("platinum", protection({ nextSlotAt }))?.openSlots).toEqual([
      expect.objectContaining({ slot: "s202601311000" }),
    ]);
  });

  test("on a VM that was not protected is recorded, and protects nothing", () => {
    const after = plan("platinum");
    expect(after).toMatchObject({
      status: "Unprotected",
      misconfiguration: { tag: "platinum" },
      policies: [],
      openSlots: [],
      generation: 0,
    });
    expect(after).not.toHaveProperty("nextSlotAt");
  });

  test.each(["hourly", "none", undefined])("is forgotten when the tag becomes %j", (tag) => {
    const before = protection({ misconfiguration: { tag: "platinum", reason: "No such policy." } });
    expect(plan(tag, before)).not.toHaveProperty("misconfiguration");
  });

  test("that is mended to what was in force makes no new restore point", () => {
    const broken = plan("platinum", protection());
    expect(plan("hourly", broken)).toMatchObject({ generation: 1, openSlots: [] });
  });
});

describe("a VM that is gone", () => {
  test("keeps what it had, and gets nothing new", () => {
    const before = protection({
      openSlots: [running, waiting],
      misconfiguration: { tag: "platinum", reason: "No such policy." },
    });
    const after = planDeletedVm(before, now);
    expect(after).toMatchObject({
      status: "VmDeleted",
      policies: [],
      openSlots: [running],
      generation: 1,
      updatedAt: now.toISOString(),
    });
    for (const name of ["nextSlotAt", "tag", "misconfiguration"]) {
      expect(after).not.toHaveProperty(name);
    }
  });
});
