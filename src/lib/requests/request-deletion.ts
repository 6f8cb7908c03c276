/** The deletion of a restore point, or of its copy in a region, that a person asks for. */
import { appendAudit } from "../audit/append-audit.ts";
import type { Actor } from "../audit/audit-entry.ts";
import { isBeingDeleted } from "../fleet/deletion.ts";
import { protectionKey } from "../fleet/protection.ts";
import { type Point, pointKey } from "../fleet/restore-point.ts";
import { type Copy, copyKey } from "../fleet/restore-point-copy.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { FollowUp } from "../operations/messages.ts";
import { type OperationId, operationIdOf } from "../operations/operation-id.ts";
import { isRequestedSlot } from "../plan/slot.ts";
import { deletionsSwitch } from "../state/switches.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { endsGrants } from "../upkeep/granted.ts";
import { type ReadUpkeepDeps, readUpkeep } from "../upkeep/read-upkeep.ts";
import { type RecordUpkeepDeps, recordDeletion } from "../upkeep/record-upkeep.ts";
import { type SettleRequestsDeps, settleRequests } from "../upkeep/settle-requests.ts";
import { type DeletionRefusal, mayDelete } from "./refuse-deletion.ts";

export interface RequestDeletionDeps extends RecordUpkeepDeps, ReadUpkeepDeps, SettleRequestsDeps {
  readonly tables: RecordUpkeepDeps["tables"] &
    ReadUpkeepDeps["tables"] &
    SettleRequestsDeps["tables"] &
    Pick<Tables, "switches">;
}

/** Whoever sees the restore point reads it, partners too: who asked is in the audit log alone. */
const ASKED_FOR = "Somebody asked for it.";

/** What is to be deleted. */
export interface DeletionTarget {
  readonly vm: VmKey;
  /** Name of the restore point. */
  readonly point: string;
  /** Of the copy; left out for the restore point itself. */
  readonly region?: string | undefined;
}

export type DeletionRequested =
  | {
      readonly kind: "accepted";
      readonly operation: OperationId;
      /** What the deletion costs, in sentences. */
      readonly caveat?: string | undefined;
      readonly followUp: FollowUp;
    }
  | { readonly kind: "notFound" }
  | ({ readonly kind: "refused" } & DeletionRefusal);

/** While one is under way, a second request is told of that one. After one that failed, it begins anew. */
export async function requestDeletion(
  deps: RequestDeletionDeps,
  target: DeletionTarget,
  asking: { readonly by: Actor; readonly correlationId: string },
  log: Log,
): Promise<DeletionRequested> {
  const { tables, now, newUlid } = deps;
  const { vm } = target;
  const protection = (await tables.protections.get(protectionKey(vm)))?.record;
  const before = await rowOf(deps, target);
  if (protection === undefined || before === undefined) return { kind: "notFound" };
  if (isBeingDeleted(before)) return underWay(before, undefined, {});
  const { value, reason: whyOff } = await deletionsSwitch(tables);
  if (value === "off") {
    const message = `Deletions are switched off: ${whyOff}`;
    return { kind: "refused", code: "DeletionsOff", message };
  }
  // What a request made is told by its row, which goes.
  if (isRequestedSlot(before.slot)) await settleRequests(deps, vm);
  const input = await readUpkeep(deps, protection);
  const row = await rowOf(deps, target);
  if (row === undefined) return { kind: "notFound" };
  const { refusal, caveat } = mayDelete(input, row);
  if (refusal) return { kind: "refused", ...refusal };
  const operation = operationIdOf(vm, newUlid(now()));
  await auditDeletion(deps, target, asking, operation);
  const reason = ASKED_FOR;
  const planned = { ...target, operation, reason, endsGrants: endsGrants(row, input) };
  const followUp = await recordDeletion(deps, vm, planned, log);
  const marked = await rowOf(deps, target);
  if (marked && isBeingDeleted(marked)) return underWay(marked, caveat, followUp);
  // Put on hold, or deleted, in the same moment: that was first.
  return await requestDeletion(deps, target, asking, log);
}

const underWay = (
  { deletion }: Point | Copy,
  caveat: string | undefined,
  followUp: FollowUp,
): DeletionRequested =>
  deletion === undefined
    ? { kind: "notFound" }
    : { kind: "accepted", operation: deletion.operation, caveat, followUp };

/** What failed, and was cleared away, is not there. */
async function rowOf(
  { tables }: RequestDeletionDeps,
  { vm, point, region }: DeletionTarget,
): Promise<Point | Copy | undefined> {
  const stored =
    region === undefined
      ? await tables.points.get(pointKey(vm, point))
      : await tables.copies.get(copyKey(vm, region, point));
  return stored?.record.removedAt === undefined ? stored?.record : undefined;
}

/** Before anything is decided on the row: what nobody knows who asked for never happens. */
async function auditDeletion(
  { tables, now }: RequestDeletionDeps,
  { vm, point, region }: DeletionTarget,
  { by: actor, correlationId }: { readonly by: Actor; readonly correlationId: string },
  operation: OperationId,
): Promise<void> {
  const action = "deletionRequested";
  const at = now().toISOString();
  const entry = { id: `${operation}!${action}`, at, action, actor, correlationId } as const;
  await appendAudit({ tables }, { ...entry, vm, point, region });
}
