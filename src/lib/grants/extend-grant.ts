/** A holder asks for what it has already: its grant goes on, to the later of the two ends. */
import type { FollowUp } from "../operations/messages.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { auditExtension } from "./audit-grant.ts";
import { diskLocksKey, type Refusal, withLockUntil } from "./disk-locks.ts";
import { type Grant, isLive } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantDueAt } from "./grant-due.ts";
import { type GrantId, grantKey } from "./grant-id.ts";
import { extend } from "./grant-moves.ts";
import { askingOf } from "./grant-operations.ts";
import type { GrantRequest } from "./grant-request.ts";
import { type Started, startGrant } from "./start-grant.ts";
import { wakeAtExpiry } from "./wake-grant.ts";

interface Extending {
  readonly until: Date;
  readonly request: Pick<GrantRequest, "reason" | "ticket">;
  readonly correlationId: string;
}

export type Extended =
  | { readonly kind: "extended"; readonly grant: Grant; readonly followUp: FollowUp }
  | { readonly kind: "refused"; readonly refusal: Refusal };

export async function extendGrant(
  deps: GrantDeps,
  id: GrantId,
  { until, request: { reason, ticket }, correlationId }: Extending,
  log: Log,
): Promise<Extended> {
  const { tables, now, newUlid } = deps;
  const stored = await tables.grants.get(grantKey(id));
  // Given back in this moment.
  if (stored === undefined) return { kind: "refused", refusal: refusalAt(id, now()) };
  const next = operationIdOf(stored.record.vm, newUlid(now()));
  // Should everything end here, the sweep makes the operation.
  await tables.grantDue.upsert(grantDueAt(id, now()));
  const extension = {
    ...{ at: now().toISOString(), reason, correlationId },
    ...(ticket === undefined ? {} : { ticket }),
  };
  const grant = await changeRecord(tables.grants, grantKey(id), (current) =>
    extend(current, until, extension, next),
  );
  const [refusal] = endingRefusal(grant ?? stored.record);
  if (grant === undefined || refusal) {
    return { kind: "refused", refusal: refusal ?? refusalAt(id, now()) };
  }
  await auditExtension(deps, grant);
  await changeRecord(tables.locks, diskLocksKey(grant.vm), (row) =>
    withLockUntil(row, id, grant.expiresAt),
  );
  log.info("grantExtended", { grant: id, vm: grant.vm, until: grant.expiresAt });
  // Whoever recorded it may be about to start it as well, or may be gone: starting it twice is harmless.
  if (grant.state === "Requested") return startedOr(await startGrant(deps, grant, log), grant);
  await wakeAtExpiry(deps, grant);
  const operation = askingOf(grant, now());
  const followUp = operation ? await recordOperation(deps, operation) : {};
  return { kind: "extended", grant, followUp };
}

const startedOr = (started: Started, { disk, expiresAt: freeAt }: Grant): Extended =>
  started.kind === "started"
    ? { ...started, kind: "extended" }
    : { kind: "refused", refusal: { kind: "ending", disk: disk.name, freeAt } };

/** Empty for one that goes on, also if another request of its holder is only about to be granted. */
export const endingRefusal = (grant: Grant): Refusal[] =>
  isLive(grant) || grant.state === "Requested"
    ? []
    : [{ kind: "ending", disk: grant.disk.name, freeAt: grant.expiresAt }];

const refusalAt = (id: GrantId, now: Date): Refusal => ({
  ...{ kind: "ending", disk: id, freeAt: now.toISOString() },
});
