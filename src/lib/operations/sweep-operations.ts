/**
 * Finds operations that nobody comes back to: their message was lost, or its function died in between. Reads the
 * rows of what is under way, never the fleet.
 */
import { errorText } from "../error-text.ts";
import { resumeRestore } from "../restores/advance-restore.ts";
import { every, partition } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { ACTIVE_SHARDS, type ActiveOperation, activeKey, activeShard } from "./active-operation.ts";
import { clearUp } from "./end-operation.ts";
import type { EndDeps } from "./endings/ending.ts";
import { type FollowUp, inTraceOf, mergeFollowUps } from "./messages.ts";
import { isEnded, type Operation, operationKey } from "./operation.ts";

/** How long after its time a step counts as lost. A queue that is merely busy gets this long to catch up. */
const GRACE = 60_000;

export const sweepOperations =
  (deps: EndDeps) =>
  async (log: Log): Promise<FollowUp> => {
    const shards = Array.from({ length: ACTIVE_SHARDS }, (_, shard) => activeShard(shard));
    const swept = await Promise.all(shards.map((shard) => sweepShard(deps, shard, log)));
    return mergeFollowUps(swept.flat());
  };

async function sweepShard(deps: EndDeps, shard: string, log: Log): Promise<FollowUp[]> {
  const swept: FollowUp[] = [];
  for await (const row of every(deps.tables.active, partition(shard))) {
    swept.push(await sweepSafely(deps, row, log));
  }
  return swept;
}

/** One row that cannot be read must not keep the others from being found. */
async function sweepSafely(deps: EndDeps, row: ActiveOperation, log: Log): Promise<FollowUp> {
  try {
    return await sweepOne(deps, row, log);
  } catch (error) {
    const reason = errorText(error);
    log.error("sweepFailed", { operation: row.id, reason });
    return {};
  }
}

async function sweepOne(deps: EndDeps, row: ActiveOperation, log: Log): Promise<FollowUp> {
  const now = deps.now();
  const operation = (await deps.tables.operations.get(operationKey(row.id)))?.record;
  if (operation === undefined) return await withoutOperation(deps, row, now, log);
  if (isEnded(operation)) return await clearUp(deps, operation);
  if (now.getTime() < Date.parse(expectedAt(operation)) + GRACE) return {};
  log.warn("operationOverdue", { operation: row.id, state: operation.state, look: operation.look });
  const traced = inTraceOf(operation);
  return operation.state === "InProgress"
    ? { track: [{ operation: row.id, look: operation.look, ...traced }] }
    : { start: [{ operation: row.id, ...traced }] };
}

/** When the next step of an operation is to be expected. */
const expectedAt = ({ state, nextLookAt, leaseUntil, startAt, createdAt }: Operation): string => {
  if (state === "InProgress") return nextLookAt ?? createdAt;
  return (state === "Submitting" ? leaseUntil : startAt) ?? createdAt;
};

/**
 * The row of a restore, which is none of Azure's operations; or one that was written before its operation: alone it means
 * that planning died in between. Planning again mends that.
 */
async function withoutOperation(
  deps: EndDeps,
  row: ActiveOperation,
  now: Date,
  log: Log,
): Promise<FollowUp> {
  if (now.getTime() < Date.parse(row.createdAt) + GRACE) return {};
  const resumed = await resumeRestore(deps, row.id, log);
  if (resumed !== "unknown") return resumed;
  await deps.tables.active.remove(activeKey(row.id));
  return { plan: [{ vm: row.vm }], points: [{ vm: row.vm }] };
}
