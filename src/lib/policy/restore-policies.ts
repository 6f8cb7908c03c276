/**
 * Policies whose rows were lost, from their copies. Who lost one table may have lost others: nothing is deleted by
 * what came back until an operator says so.
 */
import type { RecordCopies } from "../state/record-copies.ts";
import { switchOff } from "../state/switches.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { type PolicyRecord, policyKey, policyRecordSchema } from "./policy-record.ts";

export interface RestorePoliciesDeps {
  readonly tables: Pick<Tables, "policies" | "switches">;
  readonly policyCopies: Pick<RecordCopies<PolicyRecord>, "get" | "names">;
  readonly log: Log;
}

/** How many came back. */
export async function restorePolicies(
  { tables, policyCopies, log }: RestorePoliciesDeps,
  now: Date,
): Promise<number> {
  let restored = 0;
  for await (const copy of policyCopies.names()) {
    const record = policyRecordSchema.safeParse((await policyCopies.get(copy))?.document).data;
    if (record === undefined) {
      log.error("policyCopyUnreadable", { copy });
      continue;
    }
    const { name } = record;
    if (await tables.policies.get(policyKey(name))) continue;
    if (restored === 0) await switchOff(tables, "The policies came back from their copies.", now);
    if ((await tables.policies.insert(record)) === "exists") continue;
    restored++;
    log.warn("policyRestored", { policy: name, generation: record.generation });
  }
  return restored;
}
