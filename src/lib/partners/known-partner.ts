/**
 * What is on record of a partner: its row, and its copy, which may be all that is left after a loss of the table. The row
 * is what the app goes by. The copy is what a rebuild brings back, so whoever writes the partner has to know of it.
 */
import { type CopyPartnerDeps, readCopy } from "./copy-partner.ts";
import { type Partner, partnerKey } from "./partner.ts";

export interface KnownPartner {
  /** As it is, also of a deleted partner. */
  readonly row: Partner | undefined;
  /** Of the row. */
  readonly etag: string | undefined;
  /** What a rebuild would bring back: the copy, if that is newer than the row. */
  readonly newerCopy: Partner | undefined;
  /** Of the next record. Above both, so that a rebuild leaves it and no ETag comes twice. */
  readonly nextGeneration: number;
}

/** The row is read first: whoever changes it withholds the copy before. */
export async function knownPartner(deps: CopyPartnerDeps, id: string): Promise<KnownPartner> {
  const stored = await deps.tables.partners.get(partnerKey(id));
  const row = stored?.record;
  const copy = (await readCopy(deps, id))?.record;
  const generation = row?.generation ?? 0;
  const newerCopy = copy && copy.generation > generation ? copy : undefined;
  const nextGeneration = (newerCopy?.generation ?? generation) + 1;
  return { row, etag: stored?.etag, newerCopy, nextGeneration };
}
