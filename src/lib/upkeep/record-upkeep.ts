/** Commits the decisions of an upkeep, each on its own row, and makes their operations. */
import { type Deletion, isBeingDeleted } from "../fleet/deletion.ts";
import type { Protection } from "../fleet/protection.ts";
import { type Point, pointKey } from "../fleet/restore-point.ts";
import { type Copy, copyKey } from "../fleet/restore-point-copy.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { activeKey } from "../operations/active-operation.ts";
import type { FollowUp } from "../operations/messages.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { changeRecord } from "../state/change-record.ts";
import type { EntityKey, EntityTable } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import type { CopyChoice } from "./choose-copies.ts";
import type { PlannedDeletion } from "./upkeep.ts";
import { copyingOf, copyRowOf, deletionOf } from "./upkeep-operations.ts";
import { type WithdrawCopyDeps, withdrawCopy } from "./withdraw-copy.ts";

export interface RecordUpkeepDeps extends WithdrawCopyDeps {
  readonly tables: Pick<Tables, "points" | "copies" | "operations" | "active">;
  readonly now: () => Date;
  readonly newUlid: (now: Date) => string;
}

/** Nothing happens when somebody else decided first, or put the restore point on hold meanwhile. */
export async function recordDeletion(
  deps: RecordUpkeepDeps,
  vm: VmKey,
  { point, region, reason, endsGrants, operation: named }: PlannedDeletion,
  log: Log,
): Promise<FollowUp> {
  const { points, copies } = deps.tables;
  if (region !== undefined) await withdrawCopy(deps, vm, point, region);
  const id = named ?? operationIdOf(vm, deps.newUlid(deps.now()));
  const decided = { operation: id, reason, ...(endsGrants ? { endsGrants } : {}) };
  const row =
    region === undefined
      ? await mark(deps, vm, points, pointKey(vm, point), decided)
      : await mark(deps, vm, copies, copyKey(vm, region, point), decided);
  const operation = row && deletionOf(row, deps.now());
  if (operation === undefined) return {};
  log.info("deletionPlanned", { vm, point, region, operation: operation.id, reason });
  return await recordOperation(deps, operation);
}

async function mark<T extends Point | Copy>(
  deps: RecordUpkeepDeps,
  vm: VmKey,
  table: EntityTable<T>,
  key: EntityKey,
  decided: Pick<Deletion, "operation" | "reason" | "endsGrants">,
): Promise<T | undefined> {
  const { operation } = decided;
  const decidedAt = deps.now().toISOString();
  await deps.tables.active.upsert({ id: operation, vm, createdAt: decidedAt });
  const marked = await changeRecord(table, key, (row) =>
    isBeingDeleted(row) || isHeld(row) || row.removedAt !== undefined
      ? undefined
      : { ...row, deletion: { ...decided, decidedAt } },
  );
  if (marked?.deletion?.operation === operation) return marked;
  await deps.tables.active.remove(activeKey(operation));
  return undefined;
}

/** Of what failed, a hold keeps nothing. */
const isHeld = ({ legalHold, state }: Point | Copy): boolean =>
  legalHold !== undefined && state !== "Failed";

export async function recordCopy(
  deps: RecordUpkeepDeps,
  protection: Protection,
  { point, region }: CopyChoice,
  log: Log,
): Promise<FollowUp> {
  const now = deps.now();
  const { vm } = protection;
  const id = operationIdOf(vm, deps.newUlid(now));
  const copy = copyRowOf(point, region, protection, id, now);
  await deps.tables.active.upsert({ id, vm, createdAt: now.toISOString() });
  const operation = copyingOf(copy, point.restorePointId, now);
  if ((await deps.tables.copies.insert(copy)) === "exists" || operation === undefined) {
    await deps.tables.active.remove(activeKey(id));
    return {};
  }
  await followHold(deps, copy);
  log.info("copyPlanned", { vm, point: point.name, region, operation: id });
  return await recordOperation(deps, operation);
}

/** A hold that was placed, or lifted, while the copy was being recorded covers it as well. */
async function followHold(
  { tables }: RecordUpkeepDeps,
  { vm, region, point: name, legalHold: recorded }: Copy,
): Promise<void> {
  const legalHold = (await tables.points.get(pointKey(vm, name)))?.record.legalHold;
  if (legalHold?.since === recorded?.since) return;
  await changeRecord(tables.copies, copyKey(vm, region, name), ({ legalHold: _, ...copy }) =>
    legalHold === undefined ? copy : { ...copy, legalHold },
  );
}
