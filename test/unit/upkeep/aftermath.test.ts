import { describe, expect, test } from "vitest";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { DAY, HOUR, hourly, point, timeAt } from "../../fixtures/points.ts";
import { policy, protection } from "../../fixtures/records.ts";
import { deleted, plan, type Scene } from "./planning.ts";

const points = hourly(10);
const unprotected = (more: Partial<Protection> = {}) =>
  protection({
    status: "Unprotected",
    policies: [],
    policiesSince: timeAt(10 * HOUR).toISOString(),
    ...more,
  });
const gone = unprotected({ status: "VmDeleted" });
const later = (ms: number) => timeAt(10 * HOUR + ms);
const outcomeOf = (scene: Scene) => deleted({ points, now: later(365 * DAY), ...scene }).length;

describe("a VM that lost its tag", () => {
  test("keeps all its restore points, unless its policy says otherwise", () => {
    expect(outcomeOf({ protection: unprotected() })).toBe(0);
    expect(outcomeOf({ protection: unprotected({ status: "OptedOut" }) })).toBe(0);
  });

  test("loses them as they age, down to the floor, when the policy lets them age out", () => {
    const active = [policy("hourly", { whenUntagged: { outcome: "ageOut" } })];
    const scene = { active, protection: unprotected() };
    expect(outcomeOf({ ...scene, now: later(HOUR) })).toBe(0);
    expect(outcomeOf({ ...scene, now: later(20 * HOUR) })).toBeGreaterThan(3);
    expect(outcomeOf(scene)).toBe(9);
  });

  test("loses them after the delay, down to the floor, when the policy deletes them", () => {
    const whenUntagged = { outcome: "delete", after: "P30D" };
    const active = [policy("hourly", { whenUntagged, retention: { last: 24, floor: 2 } })];
    const scene = { active, protection: unprotected() };
    expect(outcomeOf({ ...scene, now: later(30 * DAY - 1) })).toBe(0);
    expect(plan({ ...scene, points, now: later(DAY) }).wakeAt).toEqual(later(30 * DAY));
    expect(outcomeOf({ ...scene, now: later(30 * DAY + 1) })).toBe(8);
  });
});

describe("a VM that was deleted", () => {
  test("keeps its restore points by default, also when untagging would delete them", () => {
    const whenUntagged = { outcome: "delete", after: "PT0M" };
    expect(outcomeOf({ active: [policy("hourly", { whenUntagged })], protection: gone })).toBe(0);
  });

  test("loses them as its policy says", () => {
    const whenVmDeleted = { outcome: "delete", after: "P7D" };
    expect(outcomeOf({ active: [policy("hourly", { whenVmDeleted })], protection: gone })).toBe(9);
  });

  test("and made anew under its name has the old one's restore points treated as a deleted VM's", () => {
    const old = points.map((each) => ({ ...each, vmId: "another-vm" }));
    const fresh = Array.from({ length: 30 }, (_, hour) => point((20 + hour) * HOUR));
    const scene = { points: [...old, ...fresh], now: timeAt(50 * HOUR) };
    const names = fresh.slice(0, 6).map(({ name }) => name);
    expect(deleted(scene)).toEqual(names);
    const active = [policy("hourly", { whenVmDeleted: { outcome: "delete", after: "PT1H" } })];
    expect(deleted({ ...scene, active })).toHaveLength(6 + 9);
  });
});

test("each of several VMs that had the same name, and are gone, keeps a floor of its own", () => {
  const whenVmDeleted = { outcome: "delete", after: "PT0M" };
  const active = [policy("hourly", { whenVmDeleted, retention: { last: 24, floor: 2 } })];
  const older = hourly(5, { vmId: "another-vm" });
  const newer = points.slice(5);
  expect(outcomeOf({ points: [...older, ...newer], active, protection: gone })).toBe(3 + 3);
});

describe("a policy", () => {
  test("that the tag names no longer has its restore points treated like untagged ones", () => {
    const strong = policy("daily", { consistency: "ApplicationConsistent" });
    const scene = {
      protection: protection({ policies: ["daily"] }),
      active: [policy("hourly"), strong],
    };
    expect(outcomeOf(scene)).toBe(0);
    const whenUntagged = { outcome: "delete", after: "PT0M" };
    const active = [policy("hourly", { whenUntagged }), strong];
    expect(outcomeOf({ ...scene, active })).toBe(9);
  });

  test("that takes over restore points which are consistent enough keeps them by its own rule", () => {
    const active = [policy("hourly"), policy("other", { retention: { last: 4 } })];
    expect(outcomeOf({ active, protection: protection({ policies: ["other"] }) })).toBe(6);
  });

  test("that was deleted has its restore points treated as was said then", () => {
    const retired = (outcome: "keep" | "ageOut") => ({
      active: [],
      retired: [{ policy: policy("hourly"), outcome: { outcome } }],
      protection: protection(),
    });
    expect(outcomeOf(retired("keep"))).toBe(0);
    expect(outcomeOf(retired("ageOut"))).toBe(9);
  });

  test("that nobody knows any more has its restore points kept", () => {
    expect(outcomeOf({ active: [], protection: unprotected() })).toBe(0);
  });
});
