import type { Drift } from "./drift.ts";
import { passKey } from "./pass.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";

type Found = Omit<Drift, "subscriptionId" | "foundAt" | "lateByMs">;

/** Writes down what was found, and that it cannot be older than the pass before this one. A rebuild finds everything. */
export async function recordDrift(
  { deps: { tables, now }, message, log }: ReconcileScope,
  found: Found,
): Promise<void> {
  const { subscriptionId, pass, rebuild } = message;
  if (rebuild) return;
  const previousAt = (await tables.passes.get(passKey(subscriptionId)))?.record.previousAt;
  const late = previousAt && { lateByMs: now().getTime() - Date.parse(previousAt) };
  // Named after the pass, so that a page that is done twice writes the same row.
  await tables.drift.upsert({ subscriptionId, ...found, foundAt: pass, ...late });
  log.warn("driftFound", { subscription: subscriptionId, ...found });
}
