import type { AppendOnlyTable } from "../state/entity-table.ts";
import { type AuditEntry, auditEntrySchema } from "./audit-entry.ts";
import { type AuditRow, rowsOf } from "./audit-table.ts";

interface AuditDeps {
  readonly tables: { readonly audit: Pick<AppendOnlyTable<AuditRow>, "insert"> };
}

/**
 * Adds an entry to the log. May be repeated after a crash in between: what is there already stays as it is.
 *
 * `id` and `at` together are the key, so both come from what the writer has stored before, as in "the grant's
 * `requestedAt`". With an `at` from the clock, a repeated step would leave a second entry, and nothing takes one away.
 * What has no record of its own, as a reading has none, takes the id of its request and reads the clock once.
 *
 * Throws, before anything is written, when the entry does not fit its schema, a SAS in it included.
 */
export async function appendAudit({ tables }: AuditDeps, entry: AuditEntry): Promise<void> {
  const rows = rowsOf(auditEntrySchema.parse(entry));
  for (const row of rows) await tables.audit.insert(row);
}
