/** Partners whose rows were lost, or are older than their copies, from the copies. The higher generation is the newer one. */
import { every, partition } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { beforePartnerChange, type PartnerChangeDeps } from "./after-partner-change.ts";
import { type CopyPartnerDeps, copyPartner, readCopy } from "./copy-partner.ts";
import { PARTNER_PARTITION, partnerKey } from "./partner.ts";

export interface RestorePartnersDeps extends CopyPartnerDeps, PartnerChangeDeps {
  readonly log: Log;
}

/** A writer that loses this often is not racing, it is looping. */
const MOST_TRIES = 8;

/** How many came back. Then every partner is copied: one may have been written before there were copies. */
export async function restorePartners(deps: RestorePartnersDeps): Promise<number> {
  let restored = 0;
  for await (const id of deps.partnerCopies.names()) {
    if (await restorePartner(deps, id)) restored++;
  }
  for await (const { id } of every(deps.tables.partners, partition(PARTNER_PARTITION))) {
    await copyPartner(deps, id);
  }
  return restored;
}

/**
 * The row is read before the copy: whoever changes the partner withholds the copy first, and either that is what is read
 * here, or the row has changed by the time it is written. The copy is put over itself, so that nobody who has read an
 * older row puts that in its place.
 */
async function restorePartner(deps: RestorePartnersDeps, id: string): Promise<boolean> {
  const { partners } = deps.tables;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stored = await partners.get(partnerKey(id));
    const copy = await readCopy(deps, id);
    if (copy === undefined) {
      deps.log.error("partnerCopyUnreadable", { copy: id });
      return false;
    }
    const { record, etag } = copy;
    if (stored && stored.record.generation >= record.generation) return false;
    // An older row may have had more than the partner has now.
    await beforePartnerChange(deps, id);
    if ((await deps.partnerCopies.put(id, record, etag)) === "conflict") continue;
    const written = stored
      ? await partners.replace(record, stored.etag)
      : await partners.insert(record);
    if (written === "conflict" || written === "exists") continue;
    const { state, generation } = record;
    deps.log.warn("partnerRestored", { partner: id, state, generation });
    return true;
  }
  throw new Error(`Lost the race for the partner ${id} ${MOST_TRIES} times.`);
}
