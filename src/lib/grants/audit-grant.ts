/** Entries of the audit log about a grant. Their ids and times derive from the grant, so that writing one twice is harmless. */
import { appendAudit } from "../audit/append-audit.ts";
import type { AuditEntry } from "../audit/audit-entry.ts";
import { looksLikeSecret } from "../audit/looks-like-secret.ts";
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
  const said = entry.message === undefined ? {} : { message: withoutSecret(entry.message) };
  await appendAudit(
    { tables },
    {
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
      ...said,
    },
  );
}

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

const LONGEST_MESSAGE = 4000;

/** Azure's words are not ours to vouch for, and an entry that is refused would keep a grant from ending. */
const withoutSecret = (message: string): string =>
  looksLikeSecret(message) ? "Withheld." : message.slice(0, LONGEST_MESSAGE);
