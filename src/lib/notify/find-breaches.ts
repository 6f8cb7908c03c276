/**
 * Finds VMs that miss their RPO, by their records alone: when Azure does not answer is when they do. Each breach is told
 * once: by its beginning, which is noted on the record after it was told.
 */
import { rpoOf } from "../answers/report-compliance.ts";
import { protectionKey } from "../fleet/protection.ts";
import type { PolicyStore } from "../policy/policy-store.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import type { Notifications } from "./notifications.ts";

export interface FindBreachesDeps {
  readonly tables: Pick<Tables, "protections">;
  readonly policies: PolicyStore;
  readonly now: () => Date;
}

/** Records on a page. */
const SIZE = 100;

/** One page of the fleet; the next one is a message of its own. */
export async function findBreaches(
  { tables, policies, now }: FindBreachesDeps,
  { tell }: Pick<Notifications, "tell">,
  from: string | undefined,
  log: Log,
): Promise<void> {
  const at = now();
  const { active } = await policies.inForce(at);
  const page = await tables.protections.list({}, { size: SIZE, continuation: from });
  for (const protection of page.records) {
    const { vm, breachTold } = protection;
    const rpo = rpoOf(protection, active);
    if (rpo === undefined || rpo.missedAt >= at.getTime()) continue;
    const since = new Date(rpo.missedAt).toISOString();
    if (breachTold === since) continue;
    log.warn("rpoBreached", { vm, since });
    await tell({ of: "breach", vm, since });
    await changeRecord(tables.protections, protectionKey(vm), (current) => ({
      ...current,
      breachTold: since,
    }));
  }
  const { continuation } = page;
  if (continuation !== undefined) await tell({ of: "fleet", continuation });
}
