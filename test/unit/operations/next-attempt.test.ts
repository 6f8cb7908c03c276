import { describe, expect, test } from "vitest";
import { nextAttempt } from "../../../src/lib/operations/next-attempt.ts";
import { diskId, openSlot, operation, operationId } from "../../fixtures/records.ts";

const now = new Date("2026-01-31T10:00:00.000Z");
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
const running = openSlot({ operation: operationId() });
const disks = [
  { id: diskId("os"), name: "os" },
  { id: diskId("data-1"), name: "data-1", lun: 0 },
  { id: diskId("data-10"), name: "data-10", lun: 1 },
];
const made = operation({ request: { ...operation().request, disks } });
const internal = { code: "VMRestorePointInternalError", message: "Please retry." };
const vss = { code: "VMRestorePointClientError", message: "VSS Writers in bad state" };
const shared = (where: string) => ({
  code: "VMRestorePointClientError",
  message: `Creation of Restore Point of a Virtual Machine with Shared disks is not supported. ${where}`,
});

describe("an error that may pass", () => {
  test.each([
    [1, 1],
    [2, 5],
    [3, 55],
    [4, 30],
    [5, 60],
  ])("after attempt %i is tried again in %i min", (attempt, minutes) => {
    expect(nextAttempt({ ...running, attempt }, made, internal, now)).toEqual(
      openSlot({ attempt: attempt + 1, notBefore: inMinutes(minutes) }),
    );
  });

  test("after attempt 6 is the end", () => {
    expect(nextAttempt({ ...running, attempt: 6 }, made, internal, now)).toBeUndefined();
  });

  test("that a grant causes waits for the grant to end", () => {
    const used = { code: "DiskRestorePointUsedByCustomer", message: "" };
    expect(nextAttempt(running, made, used, now)).toMatchObject({ notBefore: inMinutes(1) });
  });
});

describe("an error of the guest", () => {
  test("falls back to crash consistency at once, if the policy allows it", () => {
    const slot = { ...running, consistency: "ApplicationThenCrashConsistent" as const };
    expect(nextAttempt(slot, made, vss, now)).toMatchObject({
      attempt: 2,
      consistency: "CrashConsistent",
      notBefore: inMinutes(0),
    });
  });

  test.each(["ApplicationConsistent", "CrashConsistent"] as const)(
    "is tried again later as %s otherwise",
    (consistency) => {
      expect(nextAttempt({ ...running, consistency }, made, vss, now)).toMatchObject({
        consistency,
        notBefore: inMinutes(1),
      });
    },
  );
});

describe("disks that are in the way", () => {
  const excludedAfter = (where: string) =>
    nextAttempt(running, made, shared(where), now)?.excludeDisks.map(({ name }) => name);

  test.each([
    ["quoted", "Disk 'data-1'.", ["data-1"]],
    ["in a list", "Disks: data-1,data-10", ["data-1", "data-10"]],
    ["in brackets", "Disks [data-1; data-10]", ["data-1", "data-10"]],
    ["at the end of the sentence", "You may exclude DATA-10.", ["data-10"]],
    ["by id", `You may exclude ${diskId("data-1").toUpperCase()}.`, ["data-1"]],
  ])("named %s are left out at once", (_how, where, names) => {
    expect(excludedAfter(where)).toEqual(names);
  });

  test("are recorded with Azure's words as the reason, beside those left out before", () => {
    const before = { id: diskId("old"), name: "old", reason: "Unwanted." };
    const error = shared("Disk 'data-1'");
    const slot = { ...running, excludeDisks: [before] };
    expect(nextAttempt(slot, made, error, now)).toMatchObject({
      attempt: 2,
      notBefore: inMinutes(0),
      excludeDisks: [
        before,
        { id: diskId("data-1"), name: "data-1", lun: 0, reason: error.message },
      ],
    });
  });

  test.each(["", "Disk 'data-2'.", "Disk 'data'."])(
    "that %j does not name end the slot",
    (where) => {
      expect(nextAttempt(running, made, shared(where), now)).toBeUndefined();
    },
  );
});

test("an error that nothing mends ends the slot", () => {
  const error = { code: "BadRequest", message: "No." };
  expect(nextAttempt(running, made, error, now)).toBeUndefined();
});

test("one that Azure does not make straight in another region is made beside the VM at once", () => {
  const refusal = { code: "InvalidParameter", message: "The location is not the VM's." };
  const elsewhere = { ...running, region: "northeurope" };
  const again = nextAttempt(elsewhere, made, refusal, now);
  expect(again).toEqual(openSlot({ attempt: 2, notBefore: inMinutes(0), regionRefused: true }));
  expect(again && nextAttempt({ ...again, operation: operationId() }, made, refusal, now)).toBe(
    undefined,
  );
});
