import { describe, expect, test } from "vitest";
import type { CreateOperation } from "../../../src/lib/operations/operation.ts";
import { operationKey } from "../../../src/lib/operations/operation.ts";
import { sweepOperations } from "../../../src/lib/operations/sweep-operations.ts";
import { operation, operationId } from "../../fixtures/records.ts";
import { MINUTE, Scene } from "./scene.ts";

const nothing = {};
const sweep = (scene: Scene) => sweepOperations(scene)(scene.log);
const atTen = "2026-01-31T10:00:00.000Z";

describe("an operation that nobody came back to", () => {
  test.each<[string, Partial<CreateOperation>, "start" | "track"]>([
    ["is planned and was never started", { state: "Planned" }, "start"],
    ["is planned for a time that passed", { state: "Planned", startAt: atTen }, "start"],
    ["is submitting, and its lease ended", { state: "Submitting", leaseUntil: atTen }, "start"],
    [
      "is in progress, and its look passed",
      { state: "InProgress", look: 3, nextLookAt: atTen },
      "track",
    ],
  ])("%s: its message is sent again after a minute's grace", async (_what, more, kind) => {
    const scene = new Scene();
    await scene.prepare(more);
    scene.at += MINUTE - 1;
    expect(await sweep(scene)).toEqual(nothing);
    scene.at += 1;
    const message = { operation: scene.id, ...(kind === "track" ? { look: 3 } : {}) };
    expect(await sweep(scene)).toEqual({ ...nothing, [kind]: [message] });
    expect(scene.log.events).toEqual(["operationOverdue"]);
  });

  test.each<[string, Partial<CreateOperation>]>([
    ["is planned for later", { state: "Planned", startAt: "2026-01-31T11:00:00.000Z" }],
    ["is leased", { state: "Submitting", leaseUntil: "2026-01-31T11:00:00.000Z" }],
    [
      "is looked at later",
      { state: "InProgress", look: 1, nextLookAt: "2026-01-31T11:00:00.000Z" },
    ],
  ])("but one that %s is left alone", async (_what, more) => {
    const scene = new Scene();
    await scene.prepare(more);
    scene.at += 30 * MINUTE;
    expect(await sweep(scene)).toEqual(nothing);
    expect(await scene.isActive()).toBe(true);
  });
});

test("what cannot be told is told by the next sweep, which finds the operation again", async () => {
  const scene = new Scene();
  await scene.prepare({ state: "Succeeded", endedAt: atTen });
  const told: unknown[] = [];
  const away = { tell: () => Promise.reject(new Error("The queue is away.")) };
  await sweepOperations({ ...scene, notifications: away })(scene.log);
  expect(scene.log.events).toEqual(["sweepFailed"]);
  const back = { tell: async (message: object) => void told.push(message) };
  await sweepOperations({ ...scene, notifications: back })(scene.log);
  expect(told).toEqual([{ of: "operation", operation: scene.id }]);
  expect(await scene.isActive()).toBe(false);
});

test("an operation that ended without being cleared up is cleared up", async () => {
  const scene = new Scene();
  await scene.prepare({ state: "Succeeded" }, { openSlots: [] });
  await sweep(scene);
  expect(await scene.isActive()).toBe(false);
});

describe("planning that died before the operation was written", () => {
  test("is done again for the VM after a minute's grace", async () => {
    const scene = new Scene();
    await scene.prepare();
    await scene.tables.operations.remove(operationKey(scene.id));
    expect(await sweep(scene)).toEqual(nothing);
    scene.at += MINUTE;
    expect(await sweep(scene)).toEqual({
      plan: [{ vm: scene.vm }],
      points: [{ vm: scene.vm }],
    });
    expect(await scene.isActive()).toBe(false);
  });
});

test("operations of every shard are found", async () => {
  const scene = new Scene();
  const ids = Array.from({ length: 40 }, (_, number) => operationId(number));
  for (const id of ids) {
    const { vm, createdAt, ...rest } = operation({ id });
    await scene.tables.operations.upsert({ vm, createdAt, ...rest });
    await scene.tables.active.upsert({ id, vm, createdAt });
  }
  scene.at += MINUTE;
  const { start = [] } = await sweep(scene);
  expect(start.map(({ operation }) => operation).sort()).toEqual([...ids].sort());
});

test("one operation that cannot be read does not hide the others", async () => {
  const scene = new Scene();
  await scene.prepare();
  const broken = operationId(2);
  await scene.tables.active.upsert({ id: broken, vm: scene.vm, createdAt: atTen });
  const { operations } = scene.tables;
  const get = operations.get.bind(operations);
  operations.get = (key) =>
    key.rowKey === operationKey(broken).rowKey
      ? Promise.reject(new Error("A row of table operations cannot be read."))
      : get(key);
  scene.at += MINUTE;
  expect(await sweep(scene)).toEqual({ ...nothing, start: [{ operation: scene.id }] });
  expect(scene.log.events).toContain("sweepFailed");
});
