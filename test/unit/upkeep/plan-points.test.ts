import { encodeTime } from "ulid";
import { describe, expect, test } from "vitest";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { type Point, pointKey } from "../../../src/lib/fleet/restore-point.ts";
import { copyKey } from "../../../src/lib/fleet/restore-point-copy.ts";
import { operationKey } from "../../../src/lib/operations/operation.ts";
import { operationIdOf } from "../../../src/lib/operations/operation-id.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { planPoints } from "../../../src/lib/upkeep/plan-points.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { memoryLegalHolds } from "../../fakes/memory-legal-holds.ts";
import { memoryRecordedVms } from "../../fakes/memory-recorded-vms.ts";
import { allOf, memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { DAY, hourly, point, timeAt } from "../../fixtures/points.ts";
import { operation, policies, policy, protection, vmKey } from "../../fixtures/records.ts";

async function scene(
  points: readonly Point[],
  more: Partial<Protection> = {},
  active = policy("hourly"),
) {
  let ulids = 0;
  const tables = memoryTables();
  const log = new RecordingLog();
  const delayed = new RecordedDelays();
  await tables.protections.upsert(protection(more));
  for (const each of points) await tables.points.upsert(each);
  const deps = {
    tables,
    delayed,
    policies: fixedPolicies(policies(active)),
    limits: azureLimits,
    now: () => timeAt(2 * DAY),
    legalHolds: memoryLegalHolds(),
    recordedVms: memoryRecordedVms(),
    newUlid: () => `01${`${++ulids}`.padStart(24, "0")}`,
  };
  return { ...deps, log, run: () => planPoints(deps)(vmKey(), log) };
}

describe("a restore point that nothing keeps", () => {
  test("is marked, and its deletion becomes an operation with its reason", async () => {
    const points = hourly(25);
    const { tables, run } = await scene(points);
    const { start = [] } = await run();
    const name = points[0]?.name ?? "";
    const marked = (await tables.points.get(pointKey(vmKey(), name)))?.record;
    expect(start).toEqual([{ operation: marked?.deletion?.operation }]);
    const [operation] = await allOf(tables.operations);
    expect(operation).toMatchObject({
      kind: "deleteRestorePoint",
      state: "Planned",
      target: points[0]?.restorePointId,
      reason: marked?.deletion?.reason,
    });
    expect(await allOf(tables.active)).toHaveLength(1);
  });

  test("is deleted once, however often this is planned", async () => {
    const { tables, run } = await scene(hourly(25));
    const first = await run();
    expect(await run()).toEqual(first);
    expect(await allOf(tables.operations)).toHaveLength(1);
  });

  test("is not deleted when it is put on hold in the same moment", async () => {
    const [oldest, ...rest] = hourly(25);
    if (oldest === undefined) throw new Error("There is no point.");
    const { tables, run } = await scene([oldest, ...rest]);
    const { list } = tables.points;
    tables.points.list = async (...asked) => {
      const page = await list.apply(tables.points, asked);
      const legalHold = { reason: "Case 7", by: "legal", since: timeAt(0).toISOString() };
      await tables.points.upsert({ ...oldest, legalHold });
      return page;
    };
    expect(await run()).toEqual({ start: [] });
    expect(await allOf(tables.operations)).toEqual([]);
    expect(await allOf(tables.active)).toEqual([]);
  });

  test("goes on to its end when the process died between the decision and the operation", async () => {
    const { tables, run } = await scene(hourly(25));
    const { insert } = tables.operations;
    tables.operations.insert = () => Promise.reject(new Error("The process died."));
    await expect(run()).rejects.toThrow("died");
    tables.operations.insert = insert.bind(tables.operations);
    const { start = [] } = await run();
    expect(start).toHaveLength(1);
    expect(await allOf(tables.operations)).toHaveLength(1);
  });

  test("waits while deletions are switched off", async () => {
    const { tables, run, log } = await scene(hourly(25));
    const since = timeAt(0).toISOString();
    await tables.switches.upsert({ name: "deletions", value: "off", reason: "Rebuilt.", since });
    expect(await run()).toEqual({ start: [] });
    expect(log.events).toEqual(["deletionsOff"]);
    expect(await allOf(tables.due)).toEqual([
      { vm: vmKey(), kind: "points", minute: "2026-03-03T01:00" },
    ]);
  });
});

test("a large clean-up goes step by step", async () => {
  const { tables, delayed, run } = await scene(hourly(60));
  expect((await run()).start).toHaveLength(20);
  expect(delayed.sent).toEqual([
    { queue: "plan-points", message: { vm: vmKey() }, delayMs: 60_000 },
  ]);
  expect(await allOf(tables.operations)).toHaveLength(20);
});

test("a copy is recorded with everything that outlives its restore point, and becomes an operation", async () => {
  const copies = [{ region: "northeurope", retention: { last: 2 } }];
  const source = point(0, { disks: [{ name: "os", diskRestorePointId: "/here" }] });
  const { tables, run } = await scene([source], {}, policy("hourly", { copies }));
  const { start = [] } = await run();
  const copy = (await tables.copies.get(copyKey(vmKey(), "northeurope", source.name)))?.record;
  expect(copy).toMatchObject({ state: "Copying", slot: source.slot, disks: [{ name: "os" }] });
  expect(copy?.disks[0]).not.toHaveProperty("diskRestorePointId");
  const operation = copy && (await tables.operations.get(operationKey(copy.operation)))?.record;
  expect(start).toEqual([{ operation: copy?.operation }]);
  expect(operation).toMatchObject({
    kind: "copyRestorePoint",
    region: "northeurope",
    request: { sourceRestorePointId: source.restorePointId },
  });
  expect(await run()).toEqual({ start });
});

test("operations that ended more than a week ago are forgotten, those that did not are not", async () => {
  const { tables, run } = await scene([point(0)]);
  const idOf = (ms: number) => operationIdOf(vmKey(), `${encodeTime(ms, 10)}${"0".repeat(16)}`);
  const ended = async (ms: number, endedAt?: Date) => {
    const more = endedAt ? { state: "Succeeded" as const, endedAt: endedAt.toISOString() } : {};
    await tables.operations.insert(operation({ id: idOf(ms), ...more }));
    return idOf(ms);
  };
  await ended(timeAt(-9 * DAY).getTime(), timeAt(-8 * DAY));
  const kept = [
    await ended(timeAt(-8 * DAY).getTime()),
    await ended(timeAt(-7 * DAY).getTime(), timeAt(-4 * DAY)),
    await ended(timeAt(-2 * DAY).getTime(), timeAt(-2 * DAY)),
  ];
  await run();
  expect((await allOf(tables.operations)).map(({ id }) => id)).toEqual(kept);
});

test("a VM with more restore points than shall be is told of", async () => {
  const { tables, run, log } = await scene(
    hourly(12),
    {},
    policy("hourly", { retention: { last: 400 } }),
  );
  const collectionId = "/subscriptions/s/resourceGroups/g/providers/p/collections/other";
  const countedAt = timeAt(0).toISOString();
  await tables.foreignPoints.upsert({ vm: vmKey(), collectionId, points: 485, countedAt });
  const { start = [] } = await run();
  expect(start).toHaveLength(7);
  expect(log.events[0]).toBe("nearPointLimit");
});
