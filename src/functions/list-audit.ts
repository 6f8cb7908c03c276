import { auditRange } from "../lib/api/audit-range.ts";
import { maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import type { listAuditRoute } from "../lib/api/routes/reports.ts";
import type { AuditRow } from "../lib/audit/audit-table.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const listAudit =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listAuditRoute> =>
  async (call) => {
    const { caller, query } = call;
    const body = await listPage(tables.audit, auditRange(query), call, (row) =>
      row.vm === undefined || maySee(caller, row.vm) ? entryOf(row) : undefined,
    );
    return { status: 200, body };
  };

const entryOf = ({ partition: _, ...entry }: AuditRow) => entry;
