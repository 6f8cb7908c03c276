import { describe, expect, test } from "vitest";
import { notify } from "../../../src/lib/notify/notify.ts";
import type { NotifyMessage } from "../../../src/lib/notify/notify-message.ts";
import type { Operation } from "../../../src/lib/operations/operation.ts";
import { grant } from "../../fixtures/grants.ts";
import { point } from "../../fixtures/points.ts";
import {
  COLLECTION_ID,
  openSlot,
  operation,
  operationId,
  protection,
  SUBSCRIPTION,
  vmId,
  vmKey,
} from "../../fixtures/records.ts";
import { Scene } from "./scene.ts";

const endedAt = "2026-01-31T10:00:30.000Z";
const error = { code: "AllocationFailed", message: "No room.", advice: "Try another size." };
const ofOperation: NotifyMessage = { of: "operation", operation: operationId() };
const subject = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-01`;
const common = { id: operationId(), source: "/vm-restore-points", subject, time: endedAt };
const data = {
  vm: vmKey(),
  restorePoint: "t1-a1",
  restorePointId: `${COLLECTION_ID}/restorePoints/t1-a1`,
  slot: "t1",
  operation: operationId(),
};

const created = operation({ state: "Succeeded", endedAt });
const { request: _, ...rest } = created;
const copied: Operation = {
  ...rest,
  kind: "copyRestorePoint",
  region: "northeurope",
  request: {
    collection: { id: COLLECTION_ID, location: "northeurope", sourceId: vmId() },
    createCollection: true,
    sourceRestorePointId: created.target,
  },
};
const deleted: Operation = {
  ...rest,
  kind: "deleteRestorePoint",
  reason: "It is older than its policy keeps it.",
  request: { location: "westeurope" },
};
const failed = { state: "Failed", error } as const;

describe("of an operation that has ended it is told", () => {
  test("that a restore point was created, and how consistent it is", async () => {
    const scene = new Scene();
    await scene.tables.operations.insert(created);
    await scene.tables.points.insert(
      point(0, { name: "t1-a1", consistencyMode: "CrashConsistent" }),
    );
    expect(await scene.notify(ofOperation)).toEqual({
      ...common,
      type: "VmRestorePoints.RestorePointCreated",
      data: { ...data, consistencyMode: "CrashConsistent" },
    });
  });

  test("that one failed, why, and when its slot is tried again", async () => {
    const scene = new Scene();
    await scene.tables.operations.insert({ ...created, ...failed });
    const notBefore = "2026-01-31T10:01:30.000Z";
    const slot = openSlot({ attempt: 2, notBefore });
    await scene.tables.protections.insert(protection({ openSlots: [slot] }));
    expect(await scene.notify(ofOperation)).toEqual({
      ...common,
      type: "VmRestorePoints.RestorePointFailed",
      data: { ...data, error, nextAttemptAt: notBefore },
    });
  });

  test("that one failed for good", async () => {
    const scene = new Scene();
    await scene.tables.operations.insert({ ...created, ...failed });
    await scene.tables.protections.insert(protection());
    const told = await scene.notify(ofOperation);
    expect(told?.data).toEqual({ ...data, error });
  });

  test.each<[string, Operation, object]>([
    ["CopyCompleted", copied, { ...data, region: "northeurope" }],
    ["CopyFailed", { ...copied, ...failed }, { ...data, region: "northeurope", error }],
    ["RestorePointDeleted", deleted, { ...data, reason: deleted.reason }],
    [
      "RestorePointDeleted",
      { ...deleted, region: "northeurope" },
      { ...data, reason: deleted.reason, region: "northeurope" },
    ],
  ])("%s", async (name, ended, expected) => {
    const scene = new Scene();
    await scene.tables.operations.insert(ended);
    expect(await scene.notify(ofOperation)).toEqual({
      ...common,
      type: `VmRestorePoints.${name}`,
      data: expected,
    });
  });
});

describe("of a VM that misses its RPO", () => {
  const lastGoodPoint = { name: "s1-a1", at: "2026-01-31T09:00:00.000Z" };
  const since = "2026-01-31T11:00:00.000Z";
  const breach: NotifyMessage = { of: "breach", vm: vmKey(), since };

  test("it is told since when, what its target is, and what it has", async () => {
    const scene = new Scene();
    await scene.tables.protections.insert(protection({ lastGoodPoint }));
    expect(await scene.notify(breach)).toEqual({
      id: `${vmKey()}!breach-${since}`,
      source: "/vm-restore-points",
      type: "VmRestorePoints.RpoBreached",
      subject,
      time: since,
      data: { vm: vmKey(), policies: ["hourly"], rpoTarget: "PT2H", lastGoodPoint },
    });
  });

  test("nothing is told that has a good restore point by now", async () => {
    const scene = new Scene();
    const newer = { name: "s2-a1", at: "2026-01-31T11:30:00.000Z" };
    await scene.tables.protections.insert(protection({ lastGoodPoint: newer }));
    expect(await scene.notify(breach)).toBeUndefined();
    expect(scene.log.entries).toMatchObject([
      { event: "messageDropped", fields: { of: "breach", vm: vmKey(), since, reason: "notSo" } },
    ]);
  });
});

test("a message that comes twice, or again later, publishes the same id", async () => {
  const scene = new Scene();
  await scene.tables.operations.insert(created);
  await scene.notify(ofOperation);
  scene.at += 3_600_000;
  await scene.notify({ ...ofOperation, again: 3 });
  expect(scene.published).toHaveLength(2);
  expect(scene.published[1]).toEqual(scene.published[0]);
});

test.each<[string, NotifyMessage]>([
  ["an operation", ofOperation],
  ["a grant", { of: "grant", grant: grant().id, happened: "issued" }],
  ["a VM", { of: "breach", vm: vmKey(), since: endedAt }],
])("%s that is not on record any more is told nothing of", async (_what, message) => {
  const scene = new Scene();
  expect(await scene.notify(message)).toBeUndefined();
  expect(scene.log.events).toEqual(["messageDropped"]);
});

test.each<[string, Operation]>([
  ["is under way", operation({ state: "InProgress" })],
  ["was to delete a restore point and failed, since it is tried again", { ...deleted, ...failed }],
])("an operation that %s is told nothing of", async (_what, record) => {
  const scene = new Scene();
  await scene.tables.operations.insert(record);
  expect(await scene.notify(ofOperation)).toBeUndefined();
});

test("without a topic a message that is still there is dropped", async () => {
  const scene = new Scene();
  await scene.tables.operations.insert(created);
  const off = { ...scene, notifications: undefined };
  await notify(off)(ofOperation, scene.log);
  expect(scene.log.entries).toMatchObject([{ fields: { reason: "notificationsOff" } }]);
});

test("a topic that refuses makes the message fail, so that it comes again", async () => {
  const scene = new Scene();
  await scene.tables.operations.insert(created);
  scene.notifications.publish = () => Promise.reject(new Error("503"));
  await expect(scene.notify(ofOperation)).rejects.toThrow("503");
});
