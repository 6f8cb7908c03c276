import { describe, expect, test } from "vitest";
import {
  type PolicyRecord,
  policyKey,
  withDocument,
} from "../../../src/lib/policy/policy-record.ts";
import { restorePolicies } from "../../../src/lib/policy/restore-policies.ts";
import { deletionsSwitch } from "../../../src/lib/state/switches.ts";
import { memoryRecordCopies } from "../../fakes/memory-record-copies.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";

const now = new Date("2026-01-31T10:00:00.000Z");
const gold = withDocument(undefined, { name: "gold", document: { description: "Ours." } }, now);

function scene(...copies: readonly unknown[]) {
  const tables = memoryTables();
  const log = new RecordingLog();
  const policyCopies = memoryRecordCopies(new Map(copies.map((copy, index) => [`${index}`, copy])));
  const restore = () => restorePolicies({ tables, policyCopies, log }, now);
  const stored = async (name: string): Promise<PolicyRecord | undefined> =>
    (await tables.policies.get(policyKey(name)))?.record;
  return { tables, log, restore, stored };
}

describe("a policy whose row is lost", () => {
  test("comes back as it was, also one that was deleted, and nothing is deleted until somebody says so", async () => {
    const retired = { ...gold, name: "old", state: "Retired" as const };
    const { tables, restore, stored, log } = scene(gold, retired);
    expect(await restore()).toBe(2);
    expect(await stored("gold")).toEqual(gold);
    expect(await stored("old")).toEqual(retired);
    expect(await deletionsSwitch(tables)).toMatchObject({ value: "off" });
    expect(log.events).toEqual(["policyRestored", "policyRestored"]);
  });

  test("comes back once", async () => {
    const { tables, restore } = scene(gold);
    await restore();
    const since = now.toISOString();
    await tables.switches.upsert({ name: "deletions", value: "on", reason: "Looked over.", since });
    expect(await restore()).toBe(0);
    expect(await deletionsSwitch(tables)).toMatchObject({ value: "on" });
  });

  test("comes back also when another copy is damaged", async () => {
    const { restore, log } = scene("nonsense", { name: "half" }, gold);
    expect(await restore()).toBe(1);
    expect(log.events).toEqual(["policyCopyUnreadable", "policyCopyUnreadable", "policyRestored"]);
  });
});

test("a policy that is there is left as it is, whatever its copy says", async () => {
  const { tables, restore, stored } = scene(gold);
  const newer = withDocument(gold, { name: "gold", document: {} }, now);
  await tables.policies.insert(newer);
  expect(await restore()).toBe(0);
  expect(await stored("gold")).toEqual(newer);
  expect(await deletionsSwitch(tables)).toMatchObject({ value: "on" });
});
