/** Every invariant bites. */
import { describe, expect, test } from "vitest";
import type { Protection } from "../../src/lib/fleet/protection.ts";
import type { Point } from "../../src/lib/fleet/restore-point.ts";
import type { Operation } from "../../src/lib/operations/operation.ts";
import type { FakeRestorePoint } from "../fakes/fake-arm/fake-store.ts";
import { shippedPolicies } from "../fakes/fixed-policies.ts";
import { deletionsAreExplained } from "./invariants/deletions-are-explained.ts";
import type { Effect, Invariant } from "./invariants/invariant.ts";
import { neverBelowTheFloor } from "./invariants/never-below-the-floor.ts";
import { neverForeignOrHeld } from "./invariants/never-foreign-or-held.ts";
import { onePointASlot } from "./invariants/one-point-a-slot.ts";
import { scheduleGoesOn } from "./invariants/schedule-goes-on.ts";
import { slotsAreServed } from "./invariants/slots-are-served.ts";
import { withinLimits } from "./invariants/within-limits.ts";

const VM = "sub-1~rg-1~web-01";
const COLLECTION = "/rpc-web-01";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse("2026-03-01T00:00:00Z");
const TIME = new Date(START).toISOString();

const idOf = (name: string) => `${COLLECTION}/restorepoints/${name}`;

/** Only what the invariants look at. */
const azurePoint = (name: string, at: number, more: Partial<FakeRestorePoint> = {}) =>
  ({ id: idOf(name), createdAt: at, endsAt: at + MINUTE, ...more }) as FakeRestorePoint;

const create = (name: string, at = START, more: Partial<FakeRestorePoint> = {}): Effect => ({
  kind: "create",
  vm: VM,
  at,
  id: idOf(name),
  consistency: "CrashConsistent",
  made: azurePoint(name, at, more),
});
const remove = (name: string, at = START, more: Partial<FakeRestorePoint> = {}): Effect => ({
  kind: "delete",
  vm: VM,
  at,
  id: idOf(name),
  deleted: azurePoint(name, at, more),
});
const point = (name: string, more: Partial<Point> = {}, at = START): Effect => ({
  kind: "point",
  vm: VM,
  at,
  row: { restorePointId: idOf(name), state: "Succeeded", policies: ["gold"], ...more } as Point,
});
const protection = (more: Partial<Protection>, at = START): Effect => ({
  kind: "protection",
  vm: VM,
  at,
  row: {
    status: "Protected",
    policies: ["hourly"],
    openSlots: [],
    nextSlotAt: TIME,
    collectionId: COLLECTION,
    ...more,
  } as unknown as Protection,
});
const deletion = (name: string, more: object = {}): Effect => ({
  kind: "operation",
  vm: VM,
  at: START,
  row: { kind: "deleteRestorePoint", target: idOf(name), reason: "old", ...more } as Operation,
});
const openSlot = (slot: string) => ({ slot, at: TIME }) as Protection["openSlots"][number];

/** What is found broken at each effect. */
const seen = (invariant: Invariant, ...effects: readonly Effect[]) =>
  effects.map((effect) => invariant.observe(effect) !== undefined);

describe("a slot", () => {
  test("has one restore point that succeeds, after any number that fail", () => {
    const failure = { code: "InternalError", message: "failed" };
    const effects = [create("s1-a1", START, { failure }), create("s1-a2"), create("s2-a1")];
    expect(seen(onePointASlot(), ...effects, create("s1-a3"))).toEqual([false, false, false, true]);
  });

  test("ends with a restore point that Azure has", () => {
    const lastSlot = { slot: "s1", at: TIME, state: "Succeeded", point: "s1-a1" } as const;
    const closing = [protection({ openSlots: [openSlot("s1")] }), protection({ lastSlot })];
    expect(seen(slotsAreServed(new Map()), ...closing)).toEqual([false, true]);
    const there = new Map([[idOf("s1-a1"), azurePoint("s1-a1", START - HOUR)]]);
    expect(seen(slotsAreServed(there), ...closing)).toEqual([false, false]);
  });

  test("ends with a reason, or as part of another slot, or with the protection", () => {
    const lastSlot = { slot: "s1", at: TIME, state: "Failed", point: "s1-a1" } as const;
    const error = { code: "AllocationFailed", message: "failed" };
    const ends = (...after: Partial<Protection>[]) =>
      seen(
        slotsAreServed(new Map()),
        ...[{ openSlots: [openSlot("s1")] }, ...after].map((row) => protection(row)),
      ).at(-1);
    expect(ends({})).toBe(true);
    expect(ends({ lastSlot })).toBe(true);
    expect(ends({ lastSlot: { ...lastSlot, error } })).toBe(false);
    expect(ends({ openSlots: [{ ...openSlot("s2"), replaces: ["s1"] }] })).toBe(false);
    expect(ends({ status: "Unprotected" })).toBe(false);
  });

  test("is not open for long when all is calm", () => {
    const invariant = slotsAreServed(new Map());
    invariant.observe(protection({ openSlots: [openSlot("s1")] }));
    expect(invariant.review?.(VM, START + HOUR, true)).toBeUndefined();
    expect(invariant.review?.(VM, START + 10 * HOUR, false)).toBeUndefined();
    expect(invariant.review?.(VM, START + 10 * HOUR, true)).toMatch(/s1 is open/);
  });

  test("comes up", () => {
    const invariant = scheduleGoesOn();
    invariant.observe(protection({}));
    expect(invariant.review?.(VM, START + HOUR, false)).toBeUndefined();
    expect(invariant.review?.(VM, START + 10 * HOUR, false)).toMatch(/never came up/);
  });
});

describe("a deletion", () => {
  test("has a reason that is recorded before Azure is asked, and is used up with it", () => {
    const effects = [remove("s1"), deletion("s1"), remove("s1")];
    const ended = [deletion("s1", { endedAt: TIME }), remove("s1")];
    const expected = [true, false, false, false, true];
    expect(seen(deletionsAreExplained(), ...effects, ...ended)).toEqual(expected);
    const mute = [deletion("s1", { reason: " " }), remove("s1")];
    expect(seen(deletionsAreExplained(), ...mute)).toEqual([false, true]);
  });

  test("is of a restore point that the app made, and that is not on hold", () => {
    expect(seen(neverForeignOrHeld(), create("s1"), remove("s1"), remove("hand"))).toEqual([
      false,
      false,
      true,
    ]);
    const legalHold = { reason: "a dispute", by: "counsel", since: TIME };
    const held = [create("s1"), point("s1", { legalHold }), remove("s1")];
    expect(seen(neverForeignOrHeld(), ...held)).toEqual([false, false, true]);
    const lifted = [create("s1"), point("s1", { legalHold }), point("s1"), remove("s1")];
    expect(seen(neverForeignOrHeld(), ...lifted)).toEqual([false, false, false, false]);
    const failure = { code: "AllocationFailed", message: "No capacity." };
    const failed = point("s1", { legalHold, state: "Failed" });
    const remains = [create("s1", START, { failure }), failed, remove("s1", START, { failure })];
    expect(seen(neverForeignOrHeld(), ...remains)).toEqual([false, false, false]);
    const thereAfterAll = [create("s1"), failed, remove("s1")];
    expect(seen(neverForeignOrHeld(), ...thereAfterAll)).toEqual([false, false, true]);
  });

  test("leaves as many good restore points as the floor", () => {
    const names = ["s1", "s2", "s3", "s4"];
    const floor = shippedPolicies.get("gold")?.retention.floor;
    expect(floor).toBe(3);
    const effects = [...names.map((name) => point(name)), point("s5", { state: "Failed" })];
    const removed = [remove("s5"), remove("s1"), remove("s2")];
    const found = seen(neverBelowTheFloor(shippedPolicies), ...effects, ...removed);
    expect(found.slice(-3)).toEqual([false, false, true]);
  });
});

describe("what Azure allows", () => {
  test("one creation of a VM at a time", () => {
    const effects = [create("s1"), create("s1", START + 1000), create("s2", START + 2000)];
    expect(seen(withinLimits(), ...effects)).toEqual([false, false, true]);
    expect(seen(withinLimits(), create("s1"), create("s2", START + HOUR))).toEqual([false, false]);
  });

  test("three creations of a VM in an hour, of each consistency", () => {
    const times = [0, 10, 20, 30, 75].map((minutes) => START + minutes * MINUTE);
    const effects = times.map((at, index) => create(`s${index}`, at));
    expect(seen(withinLimits(), ...effects)).toEqual([false, false, false, true, false]);
  });

  test.each([
    ["creations", 120, (at: number) => ({ ...create("s1", at), made: undefined })],
    ["deletions", 350, (at: number) => remove("s1", at)],
  ])("so many %s of a subscription in three minutes: %i", (_what, most, effectAt) => {
    const effects = Array.from({ length: most + 1 }, (_, index) => effectAt(START + index * 400));
    expect(seen(withinLimits(), ...effects).indexOf(true)).toBe(most);
  });
});
