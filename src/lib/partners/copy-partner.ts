/**
 * The copy of a partner beside the table. Whatever dies, and whenever the table is lost: what comes back from the copy is
 * the partner as it was last, or disabled.
 *
 *   a change    withholds the copy, then writes the row by compare-and-set; a message follows it
 *   the message reads the copy's ETag and the row, writes the row as it is by compare-and-set, then the copy over that ETag
 *
 * A copy that is withheld says that the partner is disabled. The row is written once more so that a change which has read
 * it before is too late and withholds the copy anew; one which reads it afterwards leaves the copy with another ETag.
 */
import { errorText } from "../error-text.ts";
import type { DelayedMessages } from "../operations/messages.ts";
import type { Stored } from "../state/entity-table.ts";
import type { RecordCopies } from "../state/record-copies.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { type Partner, partnerIdSchema, partnerKey, partnerSchema } from "./partner.ts";

export interface CopyPartnerDeps {
  readonly tables: Pick<Tables, "partners">;
  readonly partnerCopies: RecordCopies<Partner>;
}

/** A writer that loses this often is not racing, it is looping. */
const MOST_TRIES = 8;
const AGAIN_MS = 60_000;

/** Before the row is written: a crash in between must not leave the copy of one that was enabled. */
export const withholdCopy = ({ partnerCopies }: CopyPartnerDeps, record: Partner) =>
  partnerCopies.put(record.id, withheld(record));

/** Nobody has disabled it, so it does not say who. */
const withheld = (record: Partner): Partner =>
  record.state === "disabled"
    ? record
    : { ...record, state: "disabled", disabledAt: record.updatedAt };

/**
 * Undefined for none, and for one that cannot be read. Of this very partner: a copy under another's name would give it
 * what somebody else may see.
 */
export async function readCopy(
  { partnerCopies }: Pick<CopyPartnerDeps, "partnerCopies">,
  id: string,
): Promise<Stored<Partner> | undefined> {
  const copy = await partnerCopies.get(id);
  const record = partnerSchema.safeParse(copy?.document).data;
  const isOwn = record?.id === id && partnerIdSchema.safeParse(id).data === id;
  return copy && record && isOwn ? { record, etag: copy.etag } : undefined;
}

/** As the row is now; without a row there is nothing to copy. */
export async function copyPartner(deps: CopyPartnerDeps, id: string): Promise<void> {
  const { tables, partnerCopies } = deps;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const before = await partnerCopies.get(id);
    const stored = await tables.partners.get(partnerKey(id));
    if (stored === undefined) return;
    const { record, etag } = stored;
    // A first copy has none to be put over.
    const over = before ?? (await withholdCopy(deps, record));
    if (over === "conflict") continue;
    if ((await tables.partners.replace(record, etag)) === "conflict") continue;
    if ((await partnerCopies.put(id, record, over.etag)) !== "conflict") return;
  }
  throw new Error(`Lost the race for the copy of the partner ${id} ${MOST_TRIES} times.`);
}

export interface CopyPartnerAgainDeps extends CopyPartnerDeps {
  readonly delayed: Pick<DelayedMessages, "endGrants">;
}

/** A copy that cannot be written is no reason to do anything else again at once. */
export async function copyPartnerOrLater(
  deps: CopyPartnerAgainDeps,
  id: string,
  log: Log,
): Promise<void> {
  try {
    await copyPartner(deps, id);
  } catch (error) {
    const reason = errorText(error);
    log.error("partnerNotCopied", { partner: id, reason });
    await deps.delayed.endGrants({ holder: id }, AGAIN_MS);
  }
}
