/** The disk is locked for the grant, and its restore point stays: Azure is asked for the access. */
import type { FollowUp } from "../operations/messages.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { auditGrant } from "./audit-grant.ts";
import { diskLocksKey, withoutLock } from "./disk-locks.ts";
import { type Grant, isLive, isOver } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { type GrantId, grantKey } from "./grant-id.ts";
import { confirm } from "./grant-moves.ts";
import { askingOf } from "./grant-operations.ts";
import { wakeAtExpiry } from "./wake-grant.ts";

export type Started =
  | { readonly kind: "started"; readonly grant: Grant; readonly followUp: FollowUp }
  /** Somebody has ended it before it began. */
  | { readonly kind: "ended" };

export async function startGrant(deps: GrantDeps, grant: Grant, log: Log): Promise<Started> {
  const { holder, requestedAt: at, id, vm, point, disk } = grant;
  await auditGrant(deps, grant, { action: "grantRequested", at, actor: holder });
  await wakeAtExpiry(deps, grant);
  const confirmed = await changeRecord(deps.tables.grants, grantKey(id), confirm);
  if (confirmed === undefined || !isLive(confirmed)) {
    // It may have been given up before its lock was there.
    if (confirmed === undefined || isOver(confirmed)) await unlock(deps, vm, id);
    return { kind: "ended" };
  }
  log.info("grantRequested", { grant: id, vm, point, disk: disk.name, by: holder.id });
  const operation = askingOf(confirmed, deps.now());
  const followUp = operation ? await recordOperation(deps, operation) : {};
  return { kind: "started", grant: confirmed, followUp };
}

const unlock = ({ tables }: GrantDeps, vm: Grant["vm"], id: GrantId) =>
  changeRecord(tables.locks, diskLocksKey(vm), (row) => withoutLock(row, id));
