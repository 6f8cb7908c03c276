/** A holder asks for what it has already: its grant goes on, to the later of the two ends. */
import type { FollowUp } from "../operations/messages.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { auditGrant } from "./audit-grant.ts";
import { diskLocksKey, type Refusal, withLockUntil } from "./disk-locks.ts";
import { type Grant, type Holder, isLive } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantDueAt } from "./grant-due.ts";
import { type GrantId, grantKey } from "./grant-id.ts";
import { extend } from "./grant-moves.ts";
import { askingOf } from "./grant-operations.ts";
import { wakeAtExpiry } from "./wake-grant.ts";

export interface Extension {
  readonly until: Date;
  readonly asking: { readonly holder: Holder; readonly correlationId: string };
}

export type Extended =
  | { readonly kind: "extended"; readonly grant: Grant; readonly followUp: FollowUp }
  | { readonly kind: "refused"; readonly refusal: Refusal };

export async function extendGrant(
  deps: GrantDeps,
  id: GrantId,
  { until, asking: { holder, correlationId } }: Extension,
  log: Log,
): Promise<Extended> {
  const { tables, now, newUlid } = deps;
  const stored = await tables.grants.get(grantKey(id));
  if (stored === undefined) throw new Error(`The grant ${id} has a lock and no record.`);
  const next = operationIdOf(stored.record.vm, newUlid(now()));
  // Should everything end here, the sweep makes the operation.
  await tables.grantDue.upsert(grantDueAt(id, now()));
  const grant = await changeRecord(tables.grants, grantKey(id), (current) =>
    extend(current, until, next),
  );
  if (grant === undefined) return ending(stored.record);
  // Another request of the holder is about to be granted.
  const goesOn = isLive(grant) || grant.state === "Requested";
  if (!goesOn) return ending(grant);
  if (grant.extensions === stored.record.extensions)
    return { kind: "extended", grant, followUp: {} };
  const at = now().toISOString();
  await auditGrant(deps, grant, {
    ...{ action: "grantExtended", at, actor: holder, correlationId },
    number: grant.extensions,
  });
  await changeRecord(tables.locks, diskLocksKey(grant.vm), (row) =>
    withLockUntil(row, id, grant.expiresAt),
  );
  await wakeAtExpiry(deps, grant);
  log.info("grantExtended", { grant: id, vm: grant.vm, until: grant.expiresAt });
  const operation = askingOf(grant, now());
  const followUp = operation ? await recordOperation(deps, operation) : {};
  return { kind: "extended", grant, followUp };
}

const ending = ({ disk, expiresAt }: Grant): Extended => ({
  kind: "refused",
  refusal: { kind: "ending", disk: disk.name, freeAt: expiresAt },
});
