import type { Log } from "../telemetry.ts";
import type { Drift } from "./drift.ts";
import { passKey, type ReconcileMessage } from "./pass.ts";
import type { ReconcileDeps } from "./reconcile-deps.ts";

type Found = Omit<Drift, "subscriptionId" | "foundAt" | "lateByMs">;

/** Writes down what was found, and that it cannot be older than the pass before this one. */
export async function recordDrift(
  { tables, now }: Pick<ReconcileDeps, "tables" | "now">,
  { subscriptionId, pass }: ReconcileMessage,
  found: Found,
  log: Log,
): Promise<void> {
  const previousAt = (await tables.passes.get(passKey(subscriptionId)))?.record.previousAt;
  const late = previousAt && { lateByMs: now().getTime() - Date.parse(previousAt) };
  // Named after the pass, so that a page that is done twice writes the same row.
  await tables.drift.upsert({ subscriptionId, ...found, foundAt: pass, ...late });
  log.warn("driftFound", { subscription: subscriptionId, ...found });
}
