import { describe, expect, test } from "vitest";
import { protectionKey, protectionState, waitsForPlan } from "../../../src/lib/fleet/protection.ts";
import { tagOf } from "../../../src/lib/fleet/virtual-machine.ts";
import {
  openSlot,
  operationId,
  protection,
  SUBSCRIPTION,
  virtualMachine,
  vmKey,
} from "../../fixtures/records.ts";

const now = new Date("2026-01-31T10:30:00.000Z");

describe("the state that an operator sees", () => {
  test.each(["Protected", "Unprotected", "OptedOut", "VmDeleted"] as const)("is %s", (status) => {
    expect(protectionState(protection({ status }))).toBe(status);
  });

  test("is Misconfigured when the tag cannot be read, whatever is still in force", () => {
    const misconfiguration = { tag: "platinum", reason: "No policy is named `platinum`." };
    expect(protectionState(protection({ misconfiguration }))).toBe("Misconfigured");
  });
});

describe("a VM waits to be planned", () => {
  const { nextSlotAt: _, ...unscheduled } = protection();
  test.each([
    ["when its next slot is due", protection({ nextSlotAt: "2026-01-31T10:30:00.000Z" }), true],
    ["not before its next slot", protection({ nextSlotAt: "2026-01-31T10:30:00.001Z" }), false],
    ["not without a schedule", unscheduled, false],
    ["when a slot's next attempt is due", protection({ openSlots: [openSlot()] }), true],
    [
      "not before that attempt",
      protection({ openSlots: [openSlot({ notBefore: "2026-01-31T10:30:00.001Z" })] }),
      false,
    ],
    [
      "not while an attempt is under way, though another slot is due",
      protection({
        openSlots: [openSlot({ operation: operationId() }), openSlot({ slot: "t2" })],
        nextSlotAt: "2026-01-31T10:00:00.000Z",
      }),
      false,
    ],
  ])("%s", (_what, record, waits) => {
    expect(waitsForPlan(record, now)).toBe(waits);
  });
});

test("a subscription's VMs are in one partition, so that a fleet can be listed", () => {
  expect(protectionKey(vmKey("web-01"))).toEqual({
    partitionKey: SUBSCRIPTION,
    rowKey: "shop~web-01",
  });
});

test("a tag is found in any casing, as in Azure", () => {
  const vm = virtualMachine({ tags: { Owner: "shop", "Restore-Points": "hourly" } });
  expect(tagOf(vm, "restore-points")).toBe("hourly");
  expect(tagOf(vm, "cost-centre")).toBeUndefined();
});
