/** Begins a pass over each configured subscription. One that is under way still is left to its end. */
import type { Log } from "../telemetry.ts";
import { type Pass, passKey, type ReconcileMessage } from "./pass.ts";
import type { ReconcileDeps } from "./reconcile-deps.ts";
import { forgetSeen } from "./seen.ts";

export interface StartPassesDeps extends Pick<ReconcileDeps, "now"> {
  readonly delayed: Pick<ReconcileDeps["delayed"], "reconcile">;
  readonly tables: Pick<ReconcileDeps["tables"], "passes" | "seen">;
  /** Ids of the subscriptions whose fleets are protected. */
  readonly subscriptions: readonly string[];
}

/** A pass that has not come to its end in this time is begun anew. */
const LONGEST_MS = 2 * 3_600_000;
/** One that rebuilds reads everything. */
const LONGEST_REBUILD_MS = 24 * 3_600_000;

export const startPasses =
  (deps: StartPassesDeps) =>
  async (log: Log): Promise<void> => {
    for (const subscriptionId of deps.subscriptions) {
      const before = (await deps.tables.passes.get(passKey(subscriptionId)))?.record;
      if (before && isUnderWay(before, deps.now())) {
        log.info("passUnderWay", { subscription: subscriptionId, since: before.startedAt });
      } else {
        await startPass(deps, subscriptionId, before, before?.rebuild && !before.finishedAt);
      }
    }
  };

/** Begins a pass that reads everything, in the place of any that is under way. */
export const startRebuild = async (deps: StartPassesDeps): Promise<void> => {
  for (const subscriptionId of deps.subscriptions) {
    const before = (await deps.tables.passes.get(passKey(subscriptionId)))?.record;
    await startPass(deps, subscriptionId, before, true);
  }
};

async function startPass(
  { tables, delayed, now }: StartPassesDeps,
  subscriptionId: string,
  before: Pass | undefined,
  rebuild = false,
): Promise<void> {
  const startedAt = now().toISOString();
  // Of one that did not come to its end; the last one that did is still asked for what it saw.
  if (before && before.finishedAt === undefined) {
    await forgetSeen(tables.seen, { subscriptionId, pass: before.startedAt });
  }
  const previousAt = before?.finishedAt ? before.startedAt : before?.previousAt;
  const more = rebuild ? { rebuild } : {};
  await tables.passes.upsert({
    ...{ subscriptionId, startedAt, ...more },
    ...(previousAt === undefined ? {} : { previousAt }),
  });
  const first: ReconcileMessage = {
    ...{ subscriptionId, pass: startedAt, ...more },
    ...{ step: "collections", page: 0 },
  };
  await delayed.reconcile(first, 0);
}

const isUnderWay = ({ startedAt, finishedAt, unreachable, rebuild }: Pass, now: Date): boolean =>
  finishedAt === undefined &&
  unreachable === undefined &&
  now.getTime() - Date.parse(startedAt) < (rebuild ? LONGEST_REBUILD_MS : LONGEST_MS);
