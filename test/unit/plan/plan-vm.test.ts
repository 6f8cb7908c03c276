import { describe, expect, test } from "vitest";
import { protectionKey } from "../../../src/lib/fleet/protection.ts";
import type { RecordedVm } from "../../../src/lib/fleet/recorded-vm.ts";
import type { VirtualMachine } from "../../../src/lib/fleet/virtual-machine.ts";
import { createPace } from "../../../src/lib/operations/pacer.ts";
import { planVm } from "../../../src/lib/plan/plan-vm.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { FakeArm } from "../../fakes/fake-arm.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { memoryLegalHolds } from "../../fakes/memory-legal-holds.ts";
import { memoryRecordedVms } from "../../fakes/memory-recorded-vms.ts";
import { allOf, memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { disk, diskId, operationId, virtualMachine, vmKey } from "../../fixtures/records.ts";

const now = new Date("2026-01-31T10:00:20.000Z");

function scene(vm: Partial<VirtualMachine> | undefined = { tags: { "restore-points": "hourly" } }) {
  let ulids = 0;
  const arm = new FakeArm(() => now.getTime());
  if (vm) arm.vms.set(vmKey(), virtualMachine(vm));
  const recordedVms = new Map<string, RecordedVm>();
  const log = new RecordingLog();
  const tables = memoryTables();
  const deps = {
    arm,
    tables,
    pace: createPace(tables.pacer),
    delayed: new RecordedDelays(),
    policies: fixedPolicies(),
    limits: azureLimits,
    tagName: "restore-points",
    now: () => now,
    newUlid: () => `01${`${++ulids}`.padStart(24, "0")}`,
    recordedVms: memoryRecordedVms(recordedVms),
    legalHolds: memoryLegalHolds(),
  };
  const plan = () => planVm(deps)({ vm: vmKey() }, log);
  const protection = async () =>
    (await deps.tables.protections.get(protectionKey(vmKey())))?.record;
  return { ...deps, log, recorded: recordedVms, plan, protection };
}

describe("a VM that was just tagged", () => {
  test("is protected, and its first restore point is ready to start", async () => {
    const { plan, protection, tables, recorded, log } = scene();
    expect(await plan()).toEqual({ start: [{ operation: operationId(1) }] });
    expect(await protection()).toMatchObject({
      status: "Protected",
      openSlots: [{ slot: "t1", operation: operationId(1) }],
    });
    expect(await allOf(tables.operations)).toMatchObject([
      { id: operationId(1), state: "Planned" },
    ]);
    expect(await allOf(tables.points)).toMatchObject([{ name: "t1-a1", state: "Creating" }]);
    expect(await allOf(tables.active)).toMatchObject([{ id: operationId(1) }]);
    const { vmId, model } = virtualMachine();
    expect(recorded.get(`${vmKey()}/t1-a1`)).toEqual({
      ...{ vmId, model, policies: ["hourly"] },
      consistencyRequested: "CrashConsistent",
    });
    expect(log.events).toEqual(["protectionChanged", "restorePointPlanned"]);
  });

  test("is woken for the next slot of its schedule", async () => {
    const { plan, protection, tables } = scene();
    await plan();
    const { nextSlotAt } = (await protection()) ?? {};
    expect(await allOf(tables.due)).toEqual([
      { vm: vmKey(), kind: "slot", minute: nextSlotAt?.slice(0, 16) },
    ]);
  });

  test("gets nothing more by further events", async () => {
    const { plan, tables, log } = scene();
    await plan();
    const before = [await allOf(tables.protections), await allOf(tables.operations)];
    const events = log.events.length;
    // The start is asked for again, since nobody can know whether it was sent.
    expect(await plan()).toEqual({ start: [{ operation: operationId(1) }] });
    expect([await allOf(tables.protections), await allOf(tables.operations)]).toEqual(before);
    expect(log.events).toHaveLength(events);
  });

  test("gets one restore point also from events at once", async () => {
    const { plan, tables } = scene();
    await Promise.all([plan(), plan(), plan()]);
    expect(await allOf(tables.operations)).toHaveLength(1);
    expect(await allOf(tables.points)).toHaveLength(1);
  });

  test("is protected by a policy that was written the moment before", async () => {
    const { log, ...deps } = scene();
    const none = fixedPolicies(new Map());
    const inForce = (_: Date, oldestMs = 10_000) =>
      (oldestMs > 100 ? none : deps.policies).inForce(now);
    await planVm({ ...deps, policies: { inForce } })({ vm: vmKey() }, log);
    expect(await deps.protection()).toMatchObject({ status: "Protected", policies: ["hourly"] });
  });
});

describe("a VM that is not protected and never was", () => {
  test("leaves no trace", async () => {
    const { plan, tables } = scene({ tags: { owner: "shop" } });
    expect(await plan()).toEqual({});
    // All but the pacer, which knows budgets and no VMs.
    const { pacer: _, ...others } = tables;
    for (const table of Object.values(others))
      expect((await table.list({}, { size: 1 })).records).toEqual([]);
  });

  test("is not even noticed when it does not exist", async () => {
    const { plan, tables, log, arm } = scene();
    arm.vms.clear();
    expect(await plan()).toEqual({});
    expect(await allOf(tables.protections)).toEqual([]);
    expect(log.events).toEqual(["vmGone"]);
  });
});

describe("the disks of a VM", () => {
  const disks = [disk("os"), disk("data", { lun: 0 }), disk("quorum", { lun: 1 })];

  test("are asked how many VMs share them before a restore point is asked for", async () => {
    const { plan, protection, arm } = scene({ disks, tags: { "restore-points": "hourly" } });
    arm.sharedDisks.set(diskId("quorum").toLowerCase(), 3);
    await plan();
    expect(arm.calls).toEqual(["getVirtualMachine", "getDiskShares", "getDiskShares"]);
    expect((await protection())?.excludedDisks).toMatchObject([{ name: "quorum", lun: 1 }]);
  });

  test("are not asked when nothing is about to start", async () => {
    const { plan, arm } = scene({ disks, tags: { "restore-points": "none" } });
    await plan();
    expect(arm.calls).toEqual(["getVirtualMachine"]);
  });

  test("may be gone by then: that is for Azure to judge", async () => {
    const { plan, arm } = scene({ disks, tags: { "restore-points": "hourly" } });
    const error = { code: "ResourceNotFound", message: "Gone." };
    arm.fault = (method) => (method === "getDiskShares" ? { kind: "notFound", error } : undefined);
    expect(await plan()).toEqual({ start: [{ operation: operationId(1) }] });
  });
});

describe("a VM that cannot be read", () => {
  const error = { code: "TooManyRequests", message: "Slow down." };

  test.each(["getVirtualMachine", "getDiskShares"] as const)(
    "because of throttling (%s) is planned again after Retry-After, and nothing is written",
    async (throttledMethod) => {
      const { plan, tables, delayed, arm, log } = scene({
        disks: [disk("os"), disk("data", { lun: 0 })],
        tags: { "restore-points": "hourly" },
      });
      arm.fault = (method) =>
        method === throttledMethod
          ? { kind: "throttled", retryAfterMs: 17_000, subscriptionWide: true, error }
          : undefined;
      expect(await plan()).toEqual({});
      expect(delayed.sent).toEqual([
        { queue: "plan-vm", message: { vm: vmKey() }, delayMs: 17_000 },
      ]);
      expect(await allOf(tables.protections)).toEqual([]);
      expect(log.events).toEqual(["vmThrottled"]);
    },
  );

  test.each([
    { kind: "unsettled", error },
    { kind: "refused", conflict: false, error },
  ] as const)("for another reason throws, so that the host tries again: $kind", async (failure) => {
    const { plan, arm } = scene();
    arm.fault = () => failure;
    await expect(plan()).rejects.toThrow("TooManyRequests, Slow down.");
  });
});

describe("a VM that was deleted", () => {
  test("is recorded as gone, once", async () => {
    const { plan, protection, arm, log } = scene();
    await plan();
    arm.vms.clear();
    await plan();
    expect(await protection()).toMatchObject({ status: "VmDeleted" });
    const recorded = await protection();
    await plan();
    expect(await protection()).toEqual(recorded);
    expect(log.events.slice(2)).toEqual(["protectionChanged", "vmGone"]);
  });
});

test("a tag that cannot be read is logged once", async () => {
  const { plan, log } = scene({ tags: { "restore-points": "platinum" } });
  await plan();
  await plan();
  expect(log.events.filter((event) => event === "tagMisconfigured")).toHaveLength(1);
});
