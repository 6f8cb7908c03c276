import { describe, expect, test } from "vitest";
import { appendAudit } from "../../../src/lib/audit/append-audit.ts";
import { auditTable, rowsOf } from "../../../src/lib/audit/audit-table.ts";
import { allOf, memoryTables } from "../../fakes/memory-tables.ts";
import { auditEntry } from "../../fixtures/audit-entry.ts";
import { vmKey } from "../../fixtures/records.ts";

const keysOf = (more: Parameters<typeof auditEntry>[0]) =>
  rowsOf(auditEntry(more)).map((row) => auditTable.keyOf(row).partitionKey);
const GUID = "0F47B1A2-0000-4000-8000-00000000000A";
const day = "day~2026-01-31";

describe("an entry is kept", () => {
  test.each<[string, Parameters<typeof auditEntry>[0], string[]]>([
    [
      "under its day, holder and disk",
      {},
      [day, "holder~a-person", `disk~${vmKey()}~local~web-01-os`],
    ],
    [
      "under the region of a copy",
      { region: "northeurope" },
      [day, "holder~a-person", `disk~${vmKey()}~northeurope~web-01-os`],
    ],
    [
      "under a GUID in lower case",
      { holder: GUID, disk: undefined },
      [day, `holder~${GUID.toLowerCase()}`],
    ],
    ["under another id as it is", { holder: "Kim", disk: undefined }, [day, "holder~Kim"]],
    ["under its day alone", { holder: undefined, vm: undefined, disk: undefined }, [day]],
    ["not under a VM without a disk", { holder: undefined, disk: undefined }, [day]],
  ])("%s", (_what, more, partitions) => {
    expect(keysOf(more)).toEqual(partitions);
  });

  test("under one row key in all of them, which begins with its instant", () => {
    const rowKeys = rowsOf(auditEntry()).map((row) => auditTable.keyOf(row).rowKey);
    expect(new Set(rowKeys)).toEqual(new Set(["2026-01-31T10:00:00.000Z~grant-1!requested"]));
  });

  test("with keys that are short enough, however long its names", () => {
    const long = {
      id: "i".repeat(400),
      vm: vmKey("v".repeat(80)),
      region: "r".repeat(60),
      disk: "d".repeat(80),
    };
    for (const row of rowsOf(auditEntry(long))) {
      const { partitionKey, rowKey } = auditTable.keyOf(row);
      expect(Math.max(partitionKey.length, rowKey.length)).toBeLessThanOrEqual(512);
    }
  });
});

describe("appending", () => {
  test("twice is as good as once", async () => {
    const tables = memoryTables();
    await appendAudit({ tables }, auditEntry());
    await appendAudit({ tables }, auditEntry());
    expect(await allOf(tables.audit)).toHaveLength(3);
  });

  test("again leaves what is there as it is", async () => {
    const tables = memoryTables();
    await appendAudit({ tables }, auditEntry());
    await appendAudit({ tables }, auditEntry({ reason: "Another one." }));
    for (const { reason } of await allOf(tables.audit)) expect(reason).toBe(auditEntry().reason);
  });

  test.each([0, 1, 2])("again after a crash before row %i adds what is missing", async (crash) => {
    const tables = memoryTables();
    let inserts = 0;
    const insert: typeof tables.audit.insert = async (row) => {
      if (inserts++ === crash) throw new Error("It crashed.");
      return await tables.audit.insert(row);
    };
    const crashing = { tables: { audit: { insert } } };
    await expect(appendAudit(crashing, auditEntry())).rejects.toThrow("It crashed.");
    expect(await allOf(tables.audit)).toHaveLength(crash);
    await appendAudit({ tables }, auditEntry());
    const partitions = (await allOf(tables.audit)).map(({ partition }) => partition);
    expect(partitions).toEqual([`disk~${vmKey()}~local~web-01-os`, "holder~a-person", day].sort());
  });

  test("again with another instant is another entry, hence the rule about `at`", async () => {
    const tables = memoryTables();
    await appendAudit({ tables }, auditEntry());
    await appendAudit({ tables }, auditEntry({ at: "2026-01-31T10:00:00.001Z" }));
    expect(await allOf(tables.audit)).toHaveLength(6);
  });

  test("a SAS writes nothing", async () => {
    const tables = memoryTables();
    const entry = auditEntry({ message: "https://md-x.test/abcd?sr=b&sig=c2VjcmV0" });
    await expect(appendAudit({ tables }, entry)).rejects.toThrow(/looks like a secret/);
    expect(await allOf(tables.audit)).toEqual([]);
  });
});
