import { auditRange } from "../lib/api/audit-range.ts";
import { maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import type { AuditRow } from "../lib/audit/audit-table.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** The audit log of a holder, of a disk or of some days, the oldest first. */
export const listAudit =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ url }, caller) => {
    const address = new URL(url);
    const range = auditRange(address.searchParams);
    const page = await listPage(tables.audit, range, address, entryOf);
    const value = page.value.filter(({ vm }) => vm === undefined || maySee(caller, vm));
    return { jsonBody: { ...page, value } };
  };

const entryOf = ({ partition: _, ...entry }: AuditRow) => entry;
