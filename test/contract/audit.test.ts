/** The audit log on real storage: its keys are longer and odder than those of other tables. */
import { TableClient } from "@azure/data-tables";
import { describe, expect, test } from "vitest";
import { listAudit } from "../../src/functions/list-audit.ts";
import type { Caller } from "../../src/lib/api/caller.ts";
import { listAuditRoute } from "../../src/lib/api/routes/reports.ts";
import { appendAudit } from "../../src/lib/audit/append-audit.ts";
import { auditTable } from "../../src/lib/audit/audit-table.ts";
import { AzureTable } from "../../src/lib/azure/azure-table.ts";
import type { Tables } from "../../src/lib/state/tables.ts";
import { handled } from "../fakes/handled.ts";
import { request, silent } from "../fakes/invocation.ts";
import { memoryTables } from "../fakes/memory-tables.ts";
import { RecordingLog } from "../fakes/recording-log.ts";
import { auditEntry } from "../fixtures/audit-entry.ts";
import { vmKey } from "../fixtures/records.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";

const storage = storageOfThisFile();

const azureTables = (): Tables => {
  const client = TableClient.fromConnectionString(storage().connectionString, "audit");
  return { ...memoryTables(), audit: new AzureTable(client, auditTable) };
};
const reader: Caller = { id: "a-person", kind: "person", roles: ["Reader"] };
const vm = vmKey("größe'".padEnd(80, "x"));
const long = { vm, disk: "D".repeat(80), region: "r".repeat(60) };
const entries = [
  auditEntry({ ...long, id: `${vm}~grant!requested` }),
  auditEntry({ ...long, id: `${vm}~grant!issued`, at: "2026-02-01T00:00:00.000Z", lagMs: 1.5 }),
];

describe.each([
  ["in memory", memoryTables as () => Tables],
  ["on Azure Table Storage", azureTables],
])("the audit log %s", (_kind, create) => {
  test("keeps each entry once, and lists it by time, holder and disk, page by page", async () => {
    const tables = create();
    const list = async (path: string) =>
      (
        await handled(listAuditRoute, listAudit({ tables }))(
          request(path),
          reader,
          new RecordingLog(),
          silent,
        )
      ).jsonBody;
    for (const entry of [...entries, ...entries]) await appendAudit({ tables }, entry);
    for (const query of [
      "from=2026-01-20T00:00:00Z&to=2026-02-20T00:00:00Z",
      "holder=a-person&from=2026-01-31T10:00:00Z&to=2026-02-01T00:00:00.001Z",
      `vm=${encodeURIComponent(vm)}&disk=${long.disk}&region=${long.region}`,
    ]) {
      const first = await list(`audit?${query}&top=1`);
      expect(first.value).toEqual(entries.slice(0, 1));
      expect((await list(first.nextLink)).value).toEqual(entries.slice(1));
    }
  });
});
