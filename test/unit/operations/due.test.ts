import { describe, expect, test } from "vitest";
import { dueAt, dueTable, dueUntil } from "../../../src/lib/operations/due.ts";
import { InMemoryTable } from "../../fakes/in-memory-table.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { vmKey } from "../../fixtures/records.ts";

describe("a VM that is due", () => {
  test.each([
    ["2026-01-31T10:00:00.000Z", "2026-01-31T10:00"],
    ["2026-01-31T10:00:00.001Z", "2026-01-31T10:01"],
    ["2026-01-31T10:59:59.999Z", "2026-01-31T11:00"],
    ["2026-12-31T23:59:30.000Z", "2027-01-01T00:00"],
  ])("at %s is in the minute %s, never before its time", (at, minute) => {
    expect(dueAt(vmKey(), new Date(at))).toEqual({ vm: vmKey(), minute, kind: "slot" });
  });

  test.each([
    ["2026-01-31T10:00:59Z", ["early", "now"]],
    ["2026-01-31T10:01:00Z", ["early", "now", "next"]],
    ["2026-01-31T09:59:59Z", ["early"]],
    ["2025-01-01T00:00:00Z", []],
    ["2027-01-01T00:00:00Z", ["early", "now", "next", "far"]],
  ])("is found by a tick at %s, also after missed minutes", async (now, names) => {
    const table = new InMemoryTable(dueTable);
    const add = (name: string, at: string) => table.upsert(dueAt(vmKey(name), new Date(at)));
    await add("next", "2026-01-31T10:01:00Z");
    await add("now", "2026-01-31T10:00:00Z");
    await add("early", "2026-01-30T23:00:00Z");
    await add("far", "2026-11-30T23:00:00Z");
    const found = await allOf(table, dueUntil(new Date(now)));
    expect(found.map(({ vm }) => vm)).toEqual(names.map((name) => vmKey(name)));
  });
});
