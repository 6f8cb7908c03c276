/** Writes a partner by compare-and-set. Whoever loses the race decides again on what is there then. */
import { beforePartnerChange, type PartnerChangeDeps } from "./after-partner-change.ts";
import { type CopyPartnerDeps, withholdCopy } from "./copy-partner.ts";
import { type KnownPartner, knownPartner } from "./known-partner.ts";
import type { Partner } from "./partner.ts";

export interface ChangePartnerDeps extends PartnerChangeDeps, CopyPartnerDeps {}

/** What shall become of a partner: another record, or nothing, for the reason `why`. */
type PartnerChange<Why> =
  | { readonly kind: "write"; readonly record: Partner }
  | { readonly kind: "leave"; readonly why: Why };

/** A writer that loses this often is not racing, it is looping. */
const MOST_TRIES = 8;

export async function changePartner<Why>(
  deps: ChangePartnerDeps,
  id: string,
  decide: (known: KnownPartner) => PartnerChange<Why>,
): Promise<PartnerChange<Why>> {
  const { partners } = deps.tables;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const known = await knownPartner(deps, id);
    const change = decide(known);
    if (change.kind === "leave") return change;
    await beforePartnerChange(deps, id);
    await withholdCopy(deps, change.record);
    const written =
      known.etag === undefined
        ? await partners.insert(change.record)
        : await partners.replace(change.record, known.etag);
    if (written !== "conflict" && written !== "exists") return change;
  }
  throw new Error(`Lost the race for the partner ${id} ${MOST_TRIES} times.`);
}
