import { describe, expect, test } from "vitest";
import { measurementsOf } from "../../../src/lib/measurements.ts";
import { metrics } from "../../../src/lib/metrics.ts";
import type { EventName, Fields } from "../../../src/lib/telemetry.ts";

const { tagToProtected, operations, copyLag, grantsActive, grantsLate } = metrics;
const ended = (kind: string, state: string, code = "") => ({
  ...{ metric: operations, value: 1 },
  attributes: { kind, state, code },
});

describe("a line of the log is measured:", () => {
  test.each<[EventName, Fields, readonly object[]]>([
    [
      "restorePointSucceeded",
      { vm: "a", kind: "createRestorePoint", sinceTaggedMs: 42_500 },
      [ended("createRestorePoint", "Succeeded"), { metric: tagToProtected, value: 42.5 }],
    ],
    [
      "restorePointSucceeded",
      { vm: "a", kind: "createRestorePoint" },
      [ended("createRestorePoint", "Succeeded")],
    ],
    [
      "restorePointFailed",
      { kind: "createRestorePoint", code: "AllocationFailed", message: "…" },
      [ended("createRestorePoint", "Failed", "AllocationFailed")],
    ],
    ["restorePointFailed", { vm: "a", point: "t1-a1", code: "NotMade" }, []],
    [
      "copySucceeded",
      { kind: "copyRestorePoint", lagMs: 3_600_000 },
      [ended("copyRestorePoint", "Succeeded"), { metric: copyLag, value: 3600 }],
    ],
    [
      "deletionSucceeded",
      { kind: "deleteRestorePoint" },
      [ended("deleteRestorePoint", "Succeeded")],
    ],
    ["restoreChecked", { kind: "checkRestore" }, [ended("checkRestore", "Succeeded")]],
    ["restoreChecked", { operation: "a" }, []],
    ["restoreStepFailed", { kind: "createDisk", code: "X" }, [ended("createDisk", "Failed", "X")]],
    ["accessGranted", { kind: "grantAccess" }, [ended("grantAccess", "Succeeded")]],
    ["revocationFailed", { kind: "revokeAccess" }, [ended("revokeAccess", "Failed")]],
    ["breachesCounted", { vms: 3 }, [{ metric: metrics.rpoBreaches, value: 3 }]],
    [
      "grantsSwept",
      { active: 2, late: 0 },
      [
        { metric: grantsActive, value: 2 },
        { metric: grantsLate, value: 0 },
      ],
    ],
    ["vmChanged", { vm: "a", kind: "createRestorePoint" }, []],
  ])("%s %j", (event, fields, measured) => {
    expect(measurementsOf(event, fields, "Tested")).toEqual(measured);
  });

  test("a poisoned message by the function that would have taken it", () => {
    expect(measurementsOf("messagePoisoned", { vm: "a" }, "PoisonPlanVm")).toEqual([
      { metric: metrics.messagesPoisoned, value: 1, attributes: { queue: "PlanVm" } },
    ]);
  });

  test("a clock that was set back makes nothing negative", () => {
    const [, lag] = measurementsOf("copySucceeded", { kind: "copyRestorePoint", lagMs: -5 }, "");
    expect(lag?.value).toBe(0);
  });
});
