/**
 * What is counted of each limit and whom it counts for. A count that is as good as none is forgotten: every change
 * looks at two others, so that memory follows what was asked lately, not all that was ever asked.
 */
import type { JournalRecord } from "../state/journal.ts";
import type { Count } from "./limit.ts";

interface Entry {
  readonly count: Count;
  readonly idleAt: number;
}

type EntryRecord = readonly [key: string, count: Count, idleAt: number];

const LOOKED_AT = 2;

export class Counts {
  readonly #entries = new Map<string, Entry>();
  /** Goes round; a map's iterator follows its changes. */
  #walk = this.#entries.entries();

  get size(): number {
    return this.#entries.size;
  }

  get(key: string, now: number): Count | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.idleAt > now ? entry.count : undefined;
  }

  set(key: string, entry: Entry, now: number): void {
    for (let looked = 0; looked < LOOKED_AT; looked += 1) this.#forgetNext(now);
    this.#entries.set(key, entry);
  }

  *dump(): Generator<EntryRecord> {
    for (const [key, { count, idleAt }] of this.#entries) yield [key, count, idleAt];
  }

  apply(record: JournalRecord): void {
    const [key, count, idleAt] = record as EntryRecord;
    this.#entries.set(key, { count, idleAt });
  }

  clear(): void {
    this.#entries.clear();
    this.#walk = this.#entries.entries();
  }

  #forgetNext(now: number): void {
    const { value, done } = this.#walk.next();
    if (done) {
      this.#walk = this.#entries.entries();
      return;
    }
    const [key, { idleAt }] = value;
    if (idleAt <= now) this.#entries.delete(key);
  }
}
