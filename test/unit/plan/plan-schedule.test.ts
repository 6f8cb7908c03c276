import { describe, expect, test } from "vitest";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { planSchedule } from "../../../src/lib/plan/plan-schedule.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import type { TagOptions } from "../../../src/lib/policy/tag.ts";
import { openSlot, operationId, policies, policy, protection } from "../../fixtures/records.ts";

const onTheHour = (name: string, every: string, consistency: string) =>
  policy(name, { schedule: { every, spread: "PT0M" }, consistency });
const known = policies(
  onTheHour("hourly", "PT1H", "CrashConsistent"),
  onTheHour("often", "PT15M", "CrashConsistent"),
  onTheHour("daily", "P1D", "ApplicationConsistent"),
  onTheHour("shift", "PT8H", "ApplicationThenCrashConsistent"),
);

const at = (time: string) => `2026-01-31T${time}:00.000Z`;
const plan = (now: string, more: Partial<Protection>) =>
  planSchedule(protection(more), known, azureLimits, new Date(now));
describe("the schedule of a VM", () => {
  test("sets the next slot when there is none", () => {
    const { nextSlotAt: _, ...fresh } = protection();
    expect(planSchedule(fresh, known, azureLimits, new Date(at("10:20")))).toEqual(
      protection({ nextSlotAt: at("11:00") }),
    );
  });

  test("leaves a slot that is not due alone", () => {
    expect(plan(at("10:20"), {})).toEqual(protection({ nextSlotAt: at("11:00") }));
  });

  test("opens the slot that is due, and sets the one after it", () => {
    expect(plan(at("11:00"), {})).toEqual(
      protection({
        openSlots: [
          {
            slot: "s202601311100",
            cause: "schedule",
            at: at("11:00"),
            attempt: 1,
            notBefore: at("11:00"),
            policies: ["hourly"],
            consistency: "CrashConsistent",
            excludeDisks: [],
          },
        ],
        nextSlotAt: at("12:00"),
      }),
    );
  });

  test("makes up for hours that nobody looked at with one restore point", () => {
    expect(plan(at("17:30"), {})).toMatchObject({
      openSlots: [{ slot: "s202601311100" }],
      nextSlotAt: at("18:00"),
    });
  });

  test("ends when no policy is in force", () => {
    expect(plan(at("11:00"), { policies: [] })).not.toHaveProperty("nextSlotAt");
    expect(plan(at("11:00"), { policies: ["deleted"] })).toMatchObject({ openSlots: [] });
  });

  test("follows a policy that comes sooner than the slot that was set", () => {
    expect(plan(at("10:20"), { policies: ["hourly"], nextSlotAt: at("23:00") })).toMatchObject({
      nextSlotAt: at("11:00"),
      openSlots: [],
    });
  });

  test("puts a new slot behind one that runs", () => {
    const running = openSlot({ at: at("08:00"), operation: operationId() });
    expect(plan(at("11:00"), { openSlots: [running] }).openSlots.map(({ slot }) => slot)).toEqual([
      "t1",
      "s202601311100",
    ]);
  });
});

describe("several policies", () => {
  test("share a slot that suits both, with the strongest consistency", () => {
    const slot = plan(at("00:00"), { policies: ["hourly", "daily"], nextSlotAt: at("00:00") });
    expect(slot.openSlots).toEqual([
      expect.objectContaining({
        policies: ["hourly", "daily"],
        consistency: "ApplicationConsistent",
      }),
    ]);
  });

  test("have slots of their own otherwise", () => {
    const slot = plan(at("09:00"), { policies: ["hourly", "shift"], nextSlotAt: at("09:00") });
    expect(slot.openSlots).toEqual([
      expect.objectContaining({ policies: ["hourly"], consistency: "CrashConsistent" }),
    ]);
  });

  test("of which the earliest comes next", () => {
    const { nextSlotAt } = plan(at("07:10"), {
      policies: ["shift", "daily"],
      nextSlotAt: at("23:00"),
    });
    expect(nextSlotAt).toBe(at("08:00"));
  });

  test("all share a slot that none of them has any more, since the policies changed", () => {
    const slot = plan(at("10:20"), { policies: ["hourly", "daily"], nextSlotAt: at("10:17") });
    expect(slot.openSlots).toEqual([
      expect.objectContaining({ slot: "s202601311017", policies: ["hourly", "daily"] }),
    ]);
  });

  test("obey the consistency of the tag", () => {
    const options: TagOptions = { exclude: [], consistency: "CrashConsistent" };
    const slot = plan(at("00:00"), {
      policies: ["hourly", "daily"],
      options,
      nextSlotAt: at("00:00"),
    });
    expect(slot.openSlots).toEqual([expect.objectContaining({ consistency: "CrashConsistent" })]);
  });
});
