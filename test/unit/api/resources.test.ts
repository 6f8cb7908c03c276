import { describe, expect, test } from "vitest";
import { operationResource } from "../../../src/lib/api/shapes/operation.ts";
import { restorePointResource } from "../../../src/lib/api/shapes/restore-point.ts";
import { vmResource } from "../../../src/lib/api/shapes/vm.ts";
import type { Point } from "../../../src/lib/fleet/restore-point.ts";
import {
  openSlot,
  operation,
  operationId,
  protection,
  vmId,
  vmKey,
} from "../../fixtures/records.ts";

describe("a VM", () => {
  test("shows its protection", () => {
    const record = protection({ openSlots: [openSlot({ operation: operationId() })] });
    expect(vmResource(record)).toEqual({
      id: vmKey(),
      resourceId: vmId(),
      location: "westeurope",
      state: "Protected",
      tag: "hourly",
      policies: ["hourly"],
      nextSlotAt: record.nextSlotAt,
      excludedDisks: [],
      openSlots: [
        {
          slot: "t1",
          attempt: 1,
          notBefore: "2026-01-31T10:00:00.000Z",
          operationId: operationId(),
        },
      ],
    });
  });

  test("whose tag cannot be read shows that tag and the reason, and what is in force", () => {
    const misconfiguration = { tag: "platinum", reason: "No policy is named `platinum`." };
    expect(vmResource(protection({ misconfiguration }))).toMatchObject({
      state: "Misconfigured",
      tag: "platinum",
      reason: "No policy is named `platinum`.",
      policies: ["hourly"],
    });
  });

  test("says how its last slot ended", () => {
    const error = { code: "BadRequest", message: "No.", advice: "See the message." };
    const lastSlot = {
      slot: "t1",
      at: "2026-01-31T10:00:00.000Z",
      state: "Failed",
      point: "t1-a1",
      error,
    } as const;
    expect(vmResource(protection({ lastSlot }))).toMatchObject({ lastSlot });
  });
});

test("a restore point shows what was asked for and made, under Azure's own id", () => {
  const point: Point = {
    vm: vmKey(),
    name: "t1-a1",
    slot: "t1",
    attempt: 1,
    at: "2026-01-31T10:00:00.000Z",
    vmId: "0f47b1a2-0000-4000-8000-000000000001",
    location: "westeurope",
    cause: "tagged",
    policies: ["hourly"],
    state: "Succeeded",
    restorePointId: "/a/restore/point",
    operation: operationId(),
    consistencyRequested: "CrashConsistent",
    consistencyMode: "CrashConsistent",
    disks: [{ name: "os", sizeInGB: 30 }],
    excludedDisks: [],
    requestedAt: "2026-01-31T10:00:00.000Z",
  };
  const { vm: _, restorePointId: resourceId, operation: id, ...shown } = point;
  expect(restorePointResource(point)).toEqual({ ...shown, resourceId, operationId: id });
});

describe("an operation", () => {
  test.each([
    ["Planned", "NotStarted"],
    ["Submitting", "Running"],
    ["InProgress", "Running"],
    ["Succeeded", "Succeeded"],
    ["Failed", "Failed"],
    ["Canceled", "Canceled"],
  ] as const)("%s is %s to a client", (state, status) => {
    expect(operationResource(operation({ state })).status).toBe(status);
  });

  test("shows where it stands, and never Azure's status URL", () => {
    const error = { code: "BadRequest", message: "No." };
    const record = operation({
      state: "Failed",
      look: 3,
      statusUrl: "https://management.azure.com/operations/1?t=secret",
      submittedAt: "2026-01-31T10:00:01.000Z",
      endedAt: "2026-01-31T10:00:30.000Z",
      error,
    });
    expect(operationResource(record)).toEqual({
      id: operationId(),
      kind: "createRestorePoint",
      status: "Failed",
      vm: vmKey(),
      resourceId: record.target,
      restorePoint: "t1-a1",
      looks: 3,
      createdAt: record.createdAt,
      submittedAt: "2026-01-31T10:00:01.000Z",
      endedAt: "2026-01-31T10:00:30.000Z",
      error,
    });
  });
});
