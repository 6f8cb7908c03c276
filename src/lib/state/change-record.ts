import type { EntityKey, EntityTable } from "./entity-table.ts";

/** A writer that loses this often is not racing, it is looping. */
const MOST_TRIES = 8;

/**
 * Read, decide, compare-and-set; a lost race reads and decides again.
 * `decide` returns the record as it shall be, or undefined to leave it alone.
 * Resolves to the record as it is afterwards, undefined if there is none.
 */
export async function changeRecord<T>(
  table: EntityTable<T>,
  key: EntityKey,
  decide: (current: T) => T | undefined,
  mostTries = MOST_TRIES,
): Promise<T | undefined> {
  for (let tries = 0; tries < mostTries; tries++) {
    const stored = await table.get(key);
    if (stored === undefined) return undefined;
    const next = decide(stored.record);
    if (next === undefined) return stored.record;
    if ((await table.replace(next, stored.etag)) !== "conflict") return next;
  }
  throw new Error(`Lost the race for ${key.partitionKey}/${key.rowKey} ${mostTries} times.`);
}
