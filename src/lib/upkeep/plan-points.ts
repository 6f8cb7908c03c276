/**
 * The upkeep of one VM's restore points: copies, retention, what failed. Reads what is recorded, never Azure, so it
 * works for VMs that are gone as well.
 *
 * A decision is committed on the row that it is about; the operation is made from that row afterwards, and made again
 * if a crash came in between. The active row comes first of all, so that the sweep finds what was begun.
 */
import { isBeingDeleted } from "../fleet/deletion.ts";
import { protectionKey } from "../fleet/protection.ts";
import { pointTable } from "../fleet/restore-point.ts";
import { copyTable } from "../fleet/restore-point-copy.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { dueAt } from "../operations/due.ts";
import type { DelayedMessages, FollowUp } from "../operations/messages.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { deletionsSwitch } from "../state/switches.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { forgetOperations } from "./forget-operations.ts";
import { planUpkeep } from "./plan-upkeep.ts";
import { type ReadUpkeepDeps, readUpkeep } from "./read-upkeep.ts";
import { type RecordUpkeepDeps, recordCopy, recordDeletion } from "./record-upkeep.ts";
import { type SettleRequestsDeps, settleRequests } from "./settle-requests.ts";
import type { Upkeep, UpkeepInput } from "./upkeep.ts";
import { copyingOf, deletionOf } from "./upkeep-operations.ts";

export interface PlanPointsDeps extends RecordUpkeepDeps, ReadUpkeepDeps, SettleRequestsDeps {
  readonly tables: RecordUpkeepDeps["tables"] &
    ReadUpkeepDeps["tables"] &
    SettleRequestsDeps["tables"] &
    Pick<Tables, "switches" | "due" | "restores">;
  readonly delayed: SettleRequestsDeps["delayed"] & Pick<DelayedMessages, "planPoints">;
}

/** So many deletions are begun at once; the rest of a large clean-up follows step by step. */
const MOST_DELETIONS = 20;
const NEXT_STEP_MS = 60_000;
/** While deletions are switched off, it is looked again after this. */
const OFF_FOR_MS = 3_600_000;

export const planPoints =
  (deps: PlanPointsDeps) =>
  async (vm: VmKey, log: Log): Promise<FollowUp> => {
    const protection = (await deps.tables.protections.get(protectionKey(vm)))?.record;
    if (protection === undefined) return {};
    await settleRequests(deps, vm);
    const input = await readUpkeep(deps, protection);
    const resumed = await resume(deps, input);
    const plan = await withSwitch(deps, planUpkeep(input), vm, log);
    if (plan.nearLimit) log.warn("nearPointLimit", { vm, ...plan.nearLimit });
    const begun: FollowUp[] = [];
    for (const deletion of plan.deletions.slice(0, MOST_DELETIONS)) {
      begun.push(await recordDeletion(deps, vm, deletion, log));
    }
    for (const choice of plan.copies) begun.push(await recordCopy(deps, protection, choice, log));
    await forget(deps, plan.forgotten);
    await forgetOperations(deps.tables, vm, deps.now());
    if (plan.wakeAt) await deps.tables.due.upsert(dueAt(vm, plan.wakeAt, "points"));
    if (plan.deletions.length > MOST_DELETIONS) await deps.delayed.planPoints({ vm }, NEXT_STEP_MS);
    return { start: [...resumed, ...begun].flatMap(({ start = [] }) => start) };
  };

/** What an earlier run has decided, and did not live to begin. */
async function resume(deps: PlanPointsDeps, input: UpkeepInput): Promise<FollowUp[]> {
  const now = deps.now();
  const deletions = [...input.points, ...input.copies]
    .filter(isBeingDeleted)
    .flatMap((row) => deletionOf(row, now) ?? []);
  const copies = input.copies.flatMap((copy) => {
    const source = `${copy.sourceCollectionId}/restorePoints/${copy.point}`;
    return copyingOf(copy, source, now) ?? [];
  });
  const resumed: FollowUp[] = [];
  for (const operation of [...deletions, ...copies]) {
    resumed.push(await recordOperation(deps, operation));
  }
  return resumed;
}

/** After the catalogue was rebuilt, nothing is deleted until an operator says so. */
async function withSwitch(
  { tables, now }: PlanPointsDeps,
  plan: Upkeep,
  vm: VmKey,
  log: Log,
): Promise<Upkeep> {
  if (plan.deletions.length === 0) return plan;
  const deletions = await deletionsSwitch(tables);
  if (deletions.value === "on") return plan;
  log.warn("deletionsOff", { vm, waiting: plan.deletions.length, reason: deletions.reason });
  const later = new Date(now().getTime() + OFF_FOR_MS);
  const wakeAt = plan.wakeAt && plan.wakeAt < later ? plan.wakeAt : later;
  return { ...plan, deletions: [], wakeAt };
}

async function forget({ tables }: PlanPointsDeps, rows: Upkeep["forgotten"]): Promise<void> {
  for (const row of rows) {
    if ("region" in row) await tables.copies.remove(copyTable.keyOf(row));
    else await tables.points.remove(pointTable.keyOf(row));
  }
}
