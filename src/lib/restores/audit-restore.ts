/** What the audit log tells of a restore. May be repeated: of each attempt there is one entry of each kind. */
import { appendAudit } from "../audit/append-audit.ts";
import type { AuditEntry } from "../audit/audit-entry.ts";
import { LONGEST_CODE, LONGEST_MESSAGE, withoutSecret } from "../audit/azures-words.ts";
import { theApp } from "../grants/audit-grant.ts";
import type { Tables } from "../state/tables.ts";
import type { Restore } from "./restore.ts";

export interface AuditRestoreDeps {
  readonly tables: Pick<Tables, "audit">;
}

/** One entry for each disk, since whoever restores a disk can read it: nothing is made before they are there. */
export async function auditRequest({ tables }: AuditRestoreDeps, restore: Restore): Promise<void> {
  const { by: actor, resources, requestedAt: at } = restore;
  const entry = { ...commonOf(restore), at, actor, holder: actor.id };
  const disks = resources.flatMap(({ disk }) => disk ?? []);
  await Promise.all(
    disks.map(({ source: disk, from }) =>
      appendAudit(
        { tables },
        {
          ...entry,
          id: idOf(restore, `restoreRequested-${disk}`),
          action: "restoreRequested",
          disk,
          diskRestorePointId: `${restore.restorePointId}/diskRestorePoints/${from}`,
        },
      ),
    ),
  );
}

/** Of one that has failed: as soon as that is known, since its clean-up can take long. */
export async function auditEnd({ tables }: AuditRestoreDeps, restore: Restore): Promise<void> {
  const { state, failedAt, endedAt, error, requestedAt } = restore;
  const action = state === "Succeeded" ? "restoreSucceeded" : "restoreFailed";
  const at = failedAt ?? endedAt ?? requestedAt;
  const entry = {
    ...commonOf(restore),
    id: idOf(restore, action),
    at,
    action,
    actor: theApp,
  } as const;
  const told = error && {
    code: withoutSecret(error.code, LONGEST_CODE),
    message: withoutSecret(error.message, LONGEST_MESSAGE),
  };
  await appendAudit({ tables }, { ...entry, ...told });
}

const idOf = ({ id, attempt }: Restore, what: string): string => `${id}!${attempt}-${what}`;

function commonOf({
  vm,
  point,
  region,
  correlationId,
}: Restore): Omit<AuditEntry, "id" | "at" | "action" | "actor"> {
  return { vm, point, ...(region === undefined ? {} : { region }), correlationId };
}
