import { describe, expect, test } from "vitest";
import { listAudit } from "../../../src/functions/list-audit.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import { listAuditRoute } from "../../../src/lib/api/routes/reports.ts";
import { appendAudit } from "../../../src/lib/audit/append-audit.ts";
import type { AuditEntry } from "../../../src/lib/audit/audit-entry.ts";
import { handled } from "../../fakes/handled.ts";
import { request, silent } from "../../fakes/invocation.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { auditEntry } from "../../fixtures/audit-entry.ts";
import { vmKey } from "../../fixtures/records.ts";

const log = new RecordingLog();
const reader: Caller = { id: "a-person", kind: "person", roles: ["Reader"] };
const stranger: Caller = { id: "a-person", kind: "person", roles: [] };

interface Answer {
  readonly value: readonly AuditEntry[];
  readonly nextLink?: string;
}

/** Told in no particular order. */
async function logged(...entries: Partial<AuditEntry>[]) {
  const tables = memoryTables();
  for (const entry of entries) await appendAudit({ tables }, auditEntry(entry));
  const ask = async (path: string, caller = reader): Promise<Answer> =>
    (await handled(listAuditRoute, listAudit({ tables }))(request(path), caller, log, silent))
      .jsonBody;
  return { tables, ask };
}

const told = () =>
  logged(
    { id: "late", at: "2026-02-02T00:00:00.000Z", holder: "another" },
    { id: "first", at: "2026-01-31T10:00:00.000Z" },
    { id: "copy", at: "2026-01-31T23:59:59.999Z", region: "northeurope" },
    { id: "partner", at: "2026-02-01T00:00:00.000Z", vm: undefined, disk: undefined },
    { id: "other-disk", at: "2026-02-01T12:00:00.000Z", disk: "data" },
    { id: "other-vm", at: "2026-02-01T12:00:00.000Z", vm: vmKey("web-02") },
  );

const ids = ({ value }: Answer) => value.map(({ id }) => id);
const january = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";
const both = "from=2026-01-20T00:00:00Z&to=2026-02-20T00:00:00Z";
const disk = `vm=${vmKey()}&disk=web-01-os`;

describe("the audit log", () => {
  test.each([
    ["of a holder", "holder=another", "late"],
    [
      "of a holder from",
      "holder=a-person&from=2026-02-01T00:00:00Z",
      "partner other-disk other-vm",
    ],
    ["of a holder up to", "holder=a-person&to=2026-01-31T23:59:59.999Z", "first"],
    ["of a holder nobody knows", "holder=nobody", ""],
    ["of a disk", disk, "first late"],
    [
      "of a disk in any casing",
      disk.toUpperCase().replace("VM", "vm").replace("DISK", "disk"),
      "first late",
    ],
    ["of a disk in its own region", `${disk}&region=local`, "first late"],
    ["of a disk's copy", `${disk}&region=NorthEurope`, "copy"],
    ["of a disk from", `${disk}&from=2026-01-31T10:00:00.001Z`, "late"],
    ["of days", both, "first copy partner other-disk other-vm late"],
    ["of days up to midnight", january, "first copy"],
    [
      "of the instants of two days",
      "from=2026-01-31T12:00:00Z&to=2026-02-01T11:00:00Z",
      "copy partner",
    ],
    [
      "of instants with an offset",
      "from=2026-01-31T11:00:00%2B01:00&to=2026-01-31T12:00:00Z",
      "first",
    ],
    ["of days without any", "from=2025-01-31T00:00:00Z&to=2025-02-01T00:00:00Z", ""],
  ])("%s is listed, the oldest first", async (_what, query, expected) => {
    const { ask } = await told();
    expect(ids(await ask(`audit?${query}`)).join(" ")).toBe(expected);
  });

  test("shows entries as they were told", async () => {
    const { ask } = await logged({ action: "grantRevoked", lagMs: 1200 });
    const value = [auditEntry({ action: "grantRevoked", lagMs: 1200 })];
    for (const query of [both, disk, "holder=a-person"]) {
      expect(await ask(`audit?${query}`)).toEqual({ value });
    }
  });

  test.each([1, 2, 5, 6])("goes on from day to day in pages of %i", async (top) => {
    const { ask } = await told();
    const pages: string[][] = [];
    let link: string | undefined = `audit?${both}&top=${top}`;
    while (link !== undefined) {
      const page: Answer = await ask(link);
      pages.push(ids(page));
      link = page.nextLink;
    }
    expect(pages).toHaveLength(Math.ceil(6 / top));
    expect(pages.flat()).toEqual(ids(await ask(`audit?${both}`)));
  });

  test("of VMs that the caller may not see is not shown", async () => {
    const { ask } = await told();
    expect(ids(await ask(`audit?${both}`, stranger))).toEqual(["partner"]);
    expect(ids(await ask(`audit?${disk}`, stranger))).toEqual([]);
  });

  test("refuses a continuation that no list gave", async () => {
    const { ask } = await told();
    const asked = ask("audit?holder=a-person&continuation=nonsense");
    await expect(asked).rejects.toMatchObject({ status: 400, target: "continuation" });
  });

  test("of one holder is not opened with a continuation of another's", async () => {
    const { ask } = await logged(
      ...["a", "b", "c"].flatMap((holder) => [
        { id: `${holder}1`, holder },
        { id: `${holder}2`, holder },
      ]),
    );
    for (const other of ["holder=a", "holder=c", disk, both]) {
      const { nextLink = "" } = await ask(`audit?${other}&top=1`);
      const continuation = new URL(nextLink).searchParams.get("continuation") ?? "";
      const page = await ask(`audit?holder=b&continuation=${encodeURIComponent(continuation)}`);
      expect(ids(page).filter((id) => !id.startsWith("b"))).toEqual([]);
    }
  });
});
