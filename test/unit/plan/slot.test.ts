import { describe, expect, test } from "vitest";
import {
  isRequestedSlot,
  parsePointName,
  pointName,
  requestedSlot,
  retireSlot,
  scheduleSlot,
  taggedSlot,
} from "../../../src/lib/plan/slot.ts";
import { operationId } from "../../fixtures/records.ts";

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

  test("each request is a slot of its own, also in the same minute, and the same one when it is repeated", () => {
    const at = new Date("2026-01-31T18:30:20Z");
    const slot = requestedSlot(at, operationId(1));
    expect(slot).toMatch(/^r202601311830-[0-9a-f]{8}$/);
    expect(requestedSlot(at, operationId(1))).toBe(slot);
    expect(requestedSlot(at, operationId(2))).not.toBe(slot);
    expect([isRequestedSlot(slot), isRequestedSlot(retireSlot(at))]).toEqual([true, false]);
  });

  test("and the slot is found again in them", () => {
    const at = new Date("2026-01-31T18:30:00Z");
    const slots = [requestedSlot(at, operationId(1)), retireSlot(at)];
    for (const slot of slots) {
      const parsed = parsePointName(pointName(slot, 2));
      expect(parsed).toEqual({ slot, attempt: 2, cause: "requested", at });
    }
    expect(parsePointName("s202601311830-0c3f9a51-a1")).toBeUndefined();
    expect(parsePointName("r202601311830-by-hand-a1")).toBeUndefined();
  });
});
