/**
 * Finds VMs that miss their RPO, by their records alone: when Azure does not answer is when they do. Each breach is told
 * once, if anybody is to be told: by its beginning, which is noted on the record after it was told.
 */
import { rpoOf } from "../answers/report-compliance.ts";
import { type Protection, protectionKey } from "../fleet/protection.ts";
import type { DelayedMessages } from "../operations/messages.ts";
import type { PolicyStore } from "../policy/policy-store.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import type { TellDeps } from "./notifications.ts";
import type { NotifyMessage } from "./notify-message.ts";

export interface FindBreachesDeps extends TellDeps {
  readonly tables: Pick<Tables, "protections">;
  readonly policies: PolicyStore;
  readonly delayed: Pick<DelayedMessages, "notify">;
  readonly now: () => Date;
}

/** Records on a page. */
const SIZE = 100;

/** One page of the fleet; the next one is a message of its own, which carries how many there are so far. */
export async function findBreaches(
  deps: FindBreachesDeps,
  { continuation: from, breaches: before = 0 }: NotifyMessage & { readonly of: "fleet" },
  log: Log,
): Promise<void> {
  const { tables, policies, delayed, now } = deps;
  const at = now();
  const { active } = await policies.inForce(at);
  const page = await tables.protections.list({}, { size: SIZE, continuation: from });
  let breaches = before;
  for (const protection of page.records) {
    const rpo = rpoOf(protection, active);
    if (rpo === undefined || rpo.missedAt >= at.getTime()) continue;
    breaches += 1;
    await tellOnce(deps, protection, new Date(rpo.missedAt).toISOString(), log);
  }
  const { continuation } = page;
  if (continuation === undefined) log.info("breachesCounted", { vms: breaches });
  else await delayed.notify({ of: "fleet", continuation, breaches }, 0);
}

async function tellOnce(
  { tables, notifications }: FindBreachesDeps,
  { vm, breachTold }: Protection,
  since: string,
  log: Log,
): Promise<void> {
  if (notifications === undefined || breachTold === since) return;
  log.warn("rpoBreached", { vm, since });
  await notifications.tell({ of: "breach", vm, since });
  await changeRecord(tables.protections, protectionKey(vm), (current) => ({
    ...current,
    breachTold: since,
  }));
}
