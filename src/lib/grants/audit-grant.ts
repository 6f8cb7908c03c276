/** Entries of the audit log about a grant. Their ids and times derive from the grant, so that writing one twice is harmless. */
import { appendAudit } from "../audit/append-audit.ts";
import { type AuditEntry, auditEntrySchema } from "../audit/audit-entry.ts";
import { LONGEST_CODE, LONGEST_MESSAGE, withoutSecret } from "../audit/azures-words.ts";
import type { Grant } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";

type Entry = Pick<AuditEntry, "action" | "actor" | "at"> &
  Partial<
    Pick<AuditEntry, "code" | "message" | "lagMs" | "correlationId" | "reason" | "ticket">
  > & {
    /** Tells entries of one action on one grant apart. */
    readonly number?: number;
  };

export const theApp: AuditEntry["actor"] = { id: "vm-restore-points", kind: "system" };

export async function auditGrant(
  { tables }: Pick<GrantDeps, "tables">,
  grant: Grant,
  { number, ...entry }: Entry,
): Promise<void> {
  const { id, holder, vm, point, region, disk, diskRestorePointId, group, reason, ticket } = grant;
  const written: AuditEntry = {
    id: `${id}!${entry.action}${number === undefined ? "" : `-${number}`}`,
    holder: holder.id,
    vm,
    point,
    region,
    disk: disk.name,
    diskRestorePointId,
    grant: id,
    group,
    reason,
    ticket,
    expiresAt: grant.expiresAt,
    correlationId: grant.correlationId,
    ...entry,
    code: withoutSecret(entry.code, LONGEST_CODE),
    message: withoutSecret(entry.message, LONGEST_MESSAGE),
  };
  const isWritable = auditEntrySchema.safeParse(written).success;
  await appendAudit({ tables }, isWritable ? written : withoutDetails(written));
}

/** What names nothing but the grant can always be written. */
const withoutDetails = ({ id, at, action, actor, holder, grant, correlationId }: AuditEntry) => ({
  ...{ id, at, action, actor, holder, grant, correlationId },
  message: "Its details could not be recorded.",
});

/** Written when the end begins, and once more when it is there: a crash in between loses nothing. */
export async function auditEnding(deps: Pick<GrantDeps, "tables">, grant: Grant): Promise<void> {
  const { ending, error } = grant;
  if (ending === undefined) return;
  const { since: at, by: actor = theApp, cause: code, correlationId } = ending;
  await auditGrant(deps, grant, {
    ...{ action: "grantEnding", at, actor, code },
    ...(error === undefined ? {} : { message: error.message }),
    ...(correlationId === undefined ? {} : { correlationId }),
  });
}

/** The newest extension, likewise: when it is asked for, and when Azure has it. */
export async function auditExtension(deps: Pick<GrantDeps, "tables">, grant: Grant): Promise<void> {
  const { lastExtension, extensions: number, holder: actor } = grant;
  if (lastExtension === undefined) return;
  await auditGrant(deps, grant, { action: "grantExtended", actor, number, ...lastExtension });
}
