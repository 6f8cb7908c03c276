import { describe, expect, test } from "vitest";
import type { RecentCreate } from "../../../src/lib/fleet/protection.ts";
import { holdBack, rememberCreate } from "../../../src/lib/operations/creates-an-hour.ts";
import type { RequestedConsistency } from "../../../src/lib/policy/policy.ts";
import { openSlot, operation, operationId, protection } from "../../fixtures/records.ts";

const limits = { createsPerHour: 3 };
const at = (time: string): string => `2026-01-31T${time}.000Z`;
const crash = (time: string): RecentCreate => ({ at: at(time), consistency: "CrashConsistent" });

/** When the attempt of a slot that comes up at 20:54:35 starts, after these creations. */
function startAfter(recentCreates: RecentCreate[], consistency: RequestedConsistency) {
  const slot = openSlot({ notBefore: at("20:54:35"), consistency });
  return holdBack(protection({ openSlots: [slot], recentCreates }), limits).openSlots[0]?.notBefore;
}

describe("the next slot after three attempts of the slot before", () => {
  const attempts = [crash("19:54:38"), crash("19:57:36"), crash("20:04:27")];

  test("waits until the first of them is an hour ago, and a little for clocks that differ", () => {
    expect(startAfter(attempts, "CrashConsistent")).toBe(at("20:56:38"));
  });

  test("starts at once when one of them is long gone", () => {
    expect(startAfter([crash("19:50:00"), ...attempts.slice(1)], "CrashConsistent")).toBe(
      at("20:54:35"),
    );
  });

  test("starts at once after two", () => {
    expect(startAfter(attempts.slice(1), "CrashConsistent")).toBe(at("20:54:35"));
  });

  test("starts at once with another consistency, which Azure counts on its own", () => {
    expect(startAfter(attempts, "ApplicationConsistent")).toBe(at("20:54:35"));
    expect(startAfter(attempts, "ApplicationThenCrashConsistent")).toBe(at("20:54:35"));
  });
});

test("an attempt that is under way is not held back", () => {
  const running = protection({
    openSlots: [openSlot({ operation: operationId() })],
    recentCreates: [crash("09:59:01"), crash("09:59:02"), crash("09:59:03")],
  });
  expect(holdBack(running, limits)).toBe(running);
});

describe("of the attempts that ended", () => {
  const submittedAt = at("10:00:00");

  test("those of the last hour are remembered", () => {
    const before = protection({ recentCreates: [crash("08:57:00"), crash("09:30:00")] });
    expect(rememberCreate(before, operation({ submittedAt }))).toEqual({
      recentCreates: [crash("09:30:00"), crash("10:00:00")],
    });
  });

  test("one that was never sent does not count", () => {
    expect(rememberCreate(protection(), operation())).toEqual({ recentCreates: [] });
  });
});
