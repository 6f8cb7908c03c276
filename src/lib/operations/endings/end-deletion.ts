/**
 * The end of a deletion. What was good leaves the catalogue; what had failed stays for a while as the reason why its
 * slot has no restore point. A deletion that failed is decided anew later.
 */

import type { Deletion } from "../../fleet/deletion.ts";
import { replaceGoodPoint } from "../../fleet/replace-good-point.ts";
import { pointKey } from "../../fleet/restore-point.ts";
import { copyKey } from "../../fleet/restore-point-copy.ts";
import { changeRecord } from "../../state/change-record.ts";
import type { EntityKey, EntityTable } from "../../state/entity-table.ts";
import type { DeleteOperation } from "../operation.ts";
import type { EndDeps, Ending } from "./ending.ts";
import { forgetRecordedVm } from "./forget-recorded-vm.ts";

/** When a deletion that failed may be decided again. */
const AGAIN_MS = 3_600_000;

export async function endDeletion(
  deps: EndDeps,
  operation: DeleteOperation,
  ending: Ending,
): Promise<void> {
  const { vm, point, region } = operation;
  const { points, copies } = deps.tables;
  if (region === undefined) await endOn(points, pointKey(vm, point), deps, operation, ending);
  else await endOn(copies, copyKey(vm, region, point), deps, operation, ending);
  if (ending.kind !== "succeeded") return;
  if (region === undefined) await replaceGoodPoint(deps.tables, vm, new Set([point]));
  // A hold that came too late, or on an attempt that failed, has nothing left that it is on.
  if (await forgetRecordedVm(deps, vm, point)) await deps.legalHolds.remove(vm, point);
}

interface Deletable {
  readonly state: string;
  readonly deletion?: Deletion | undefined;
  readonly removedAt?: string | undefined;
}

async function endOn<T extends Deletable>(
  table: EntityTable<T>,
  key: EntityKey,
  { now }: EndDeps,
  { id }: DeleteOperation,
  ending: Ending,
): Promise<void> {
  let leaves = false;
  await changeRecord(table, key, (record) => {
    const { deletion } = record;
    if (deletion?.operation !== id || deletion.error !== undefined) return undefined;
    if (ending.kind === "failed") {
      const retryAt = new Date(now().getTime() + AGAIN_MS).toISOString();
      return { ...record, deletion: { ...deletion, error: ending.error, retryAt } };
    }
    leaves = record.state === "Succeeded";
    if (leaves || record.removedAt !== undefined) return undefined;
    return { ...record, removedAt: now().toISOString() };
  });
  if (leaves) await table.remove(key);
}
