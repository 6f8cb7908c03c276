/** Begins a pass over each configured subscription. One that is under way still is overtaken: the new one sees the same. */

import { every } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { type Pass, passKey, type ReconcileMessage, seenIn, seenTable } from "./pass.ts";
import type { ReconcileDeps } from "./reconcile-deps.ts";

export interface StartPassesDeps extends Pick<ReconcileDeps, "delayed" | "now"> {
  readonly tables: Pick<ReconcileDeps["tables"], "passes" | "seen">;
  /** Ids of the subscriptions whose fleets are protected. */
  readonly subscriptions: readonly string[];
}

/** What an earlier pass saw: only now, since a late message of it must not take everything for gone. */
async function forgetSeen(
  seen: StartPassesDeps["tables"]["seen"],
  subscriptionId: string,
  pass: string,
): Promise<void> {
  for await (const page of every(seen, seenIn({ subscriptionId, pass }))) {
    await seen.remove(seenTable.keyOf(page));
  }
}

/** A pass that has not come to its end in this time is begun anew. */
const LONGEST_MS = 2 * 3_600_000;

export const startPasses =
  (deps: StartPassesDeps) =>
  async (log: Log): Promise<void> => {
    for (const subscriptionId of deps.subscriptions) await startPass(deps, subscriptionId, log);
  };

async function startPass(
  { tables, delayed, now }: StartPassesDeps,
  subscriptionId: string,
  log: Log,
): Promise<void> {
  const at = now();
  const startedAt = at.toISOString();
  const before = (await tables.passes.get(passKey(subscriptionId)))?.record;
  if (before && isUnderWay(before, at)) {
    log.info("passUnderWay", { subscription: subscriptionId, since: before.startedAt });
    return;
  }
  if (before) await forgetSeen(tables.seen, subscriptionId, before.startedAt);
  const previousAt = before?.finishedAt ? before.startedAt : before?.previousAt;
  const previous = previousAt === undefined ? {} : { previousAt };
  await tables.passes.upsert({ subscriptionId, startedAt, ...previous });
  const first: ReconcileMessage = { subscriptionId, pass: startedAt, step: "vms", page: 0 };
  await delayed.reconcile(first, 0);
}

const isUnderWay = ({ startedAt, finishedAt, unreachable }: Pass, now: Date): boolean =>
  finishedAt === undefined &&
  unreachable === undefined &&
  now.getTime() - Date.parse(startedAt) < LONGEST_MS;
