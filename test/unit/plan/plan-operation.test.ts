import { describe, expect, test } from "vitest";
import { attemptOf, collectionIdFor } from "../../../src/lib/plan/plan-operation.ts";
import {
  COLLECTION_ID,
  disk,
  diskId,
  openSlot,
  operation,
  operationId,
  protection,
  virtualMachine,
  vmId,
  vmKey,
} from "../../fixtures/records.ts";

const now = new Date("2026-01-31T10:00:00.000Z");
const running = openSlot({ operation: operationId() });
const attempt = (more: Parameters<typeof protection>[0], vm = virtualMachine()) =>
  attemptOf(protection({ openSlots: [running], ...more }), vm, now);

describe("the collection of a VM", () => {
  test("is beside the VM, and named after it and its GUID", () => {
    expect(collectionIdFor(virtualMachine())).toBe(COLLECTION_ID);
    expect(collectionIdFor(virtualMachine(), "northeurope")).toBe(
      `${COLLECTION_ID}-in-northeurope`,
    );
  });

  test("is another one when the VM is made again under its name", () => {
    const again = virtualMachine({ vmId: "ffffffff-0000-4000-8000-000000000002" });
    expect(collectionIdFor(again)).not.toBe(COLLECTION_ID);
  });

  test("is found whatever the casing of the VM's id", () => {
    const id = vmId().replace("/providers/", "/PROVIDERS/");
    expect(collectionIdFor(virtualMachine({ id }))).toBe(COLLECTION_ID);
  });

  test("has a name that Azure accepts, also for the longest VM name", () => {
    const name = "n".repeat(64);
    expect(collectionIdFor(virtualMachine({ name })).split("/").at(-1)?.length).toBeLessThanOrEqual(
      80,
    );
  });
});

describe("an attempt", () => {
  test("is the planned operation", () => {
    expect(attempt({})?.operation).toEqual(operation());
  });

  test("is recorded as a restore point that is being made", () => {
    expect(attempt({})?.point).toEqual({
      vm: vmKey(),
      name: "t1-a1",
      slot: "t1",
      attempt: 1,
      at: "2026-01-31T10:00:00.000Z",
      vmId: virtualMachine().vmId,
      location: "westeurope",
      cause: "tagged",
      policies: ["hourly"],
      state: "Creating",
      restorePointId: `${COLLECTION_ID}/restorePoints/t1-a1`,
      operation: operationId(),
      consistencyRequested: "CrashConsistent",
      disks: [{ name: "web-01-os", diskId: diskId("web-01-os") }],
      excludedDisks: [],
      requestedAt: now.toISOString(),
    });
  });

  test("is the same however often it is derived", () => {
    expect(attempt({})).toEqual(attempt({}));
  });

  test("does not exist while the slot waits, or without a slot", () => {
    expect(attempt({ openSlots: [openSlot()] })).toBeUndefined();
    expect(attempt({ openSlots: [] })).toBeUndefined();
  });

  test.each(["ApplicationConsistent", "ApplicationThenCrashConsistent"] as const)(
    "asks for %s by leaving the mode out",
    (consistency) => {
      const made = attempt({ openSlots: [{ ...running, consistency }] });
      expect(made?.operation.request).not.toHaveProperty("consistencyMode");
      expect(made?.point.consistencyRequested).toBe(consistency);
    },
  );

  test("has the disks that are in, and names those that are not", () => {
    const { id: _, ...unmanaged } = disk("old", { lun: 3 });
    const vm = virtualMachine({
      disks: [disk("os"), disk("data", { lun: 0 }), disk("scratch", { lun: 1 }), unmanaged],
    });
    const scratch = { id: diskId("scratch"), name: "scratch", lun: 1, reason: "Not wanted." };
    const made = attempt({ openSlots: [{ ...running, excludeDisks: [scratch] }] }, vm);
    expect(made?.operation.request).toMatchObject({
      excludeDiskIds: [diskId("scratch")],
      disks: [
        { id: diskId("os"), name: "os" },
        { id: diskId("data"), name: "data", lun: 0 },
      ],
    });
    expect(made?.point.excludedDisks).toEqual([scratch]);
    expect(made?.point.disks.map(({ name }) => name)).toEqual(["os", "data"]);
  });

  test.each([
    ["is not known yet", undefined, true],
    ["is known", COLLECTION_ID, false],
    ["is known in another casing", COLLECTION_ID.toUpperCase(), false],
    ["is the one of the VM before this one", COLLECTION_ID.replace("0f47b1a2", "ffffffff"), true],
  ])("makes the collection when it %s: %s", (_what, collectionId, createCollection) => {
    const known = collectionId === undefined ? {} : { collectionId };
    expect(attempt(known)?.operation.request).toMatchObject({ createCollection });
  });
});
