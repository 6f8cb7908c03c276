import { describe, expect, test } from "vitest";
import { pointName, scheduleSlot, taggedSlot } from "../../../src/lib/plan/slot.ts";

describe("names derive from the slot alone", () => {
  test.each([
    ["2026-01-31T18:30:00Z", "s202601311830"],
    ["2026-01-31T18:30:59.999Z", "s202601311830"],
    ["2026-12-01T00:00:00+02:00", "s202611302200"],
  ])("the slot of %s is %s, in UTC", (at, slot) => {
    expect(scheduleSlot(new Date(at))).toBe(slot);
  });

  test("each time a VM becomes protected is a slot of its own", () => {
    expect([taggedSlot(1), taggedSlot(12)]).toEqual(["t1", "t12"]);
  });

  test("each attempt is a restore point of its own", () => {
    expect(pointName("t1", 2)).toBe("t1-a2");
  });
});
