/** Remembers how far time was advanced: operations and SAS that have ended stay ended after a restart. */
import type { Clock } from "../clock.ts";
import type { Journal, JournaledPart, JournalRecord } from "./journal.ts";

export class KeptClock implements JournaledPart {
  readonly #clock: Clock;
  readonly #tell: (record: JournalRecord) => void;

  constructor(journal: Journal, clock: Clock) {
    this.#clock = clock;
    this.#tell = journal.register("clock", this);
  }

  /** Milliseconds. */
  advance(ms: number): void {
    this.#tell({ ahead: this.#clock.ahead + ms });
    this.#clock.advance(ms);
  }

  dump(): Iterable<JournalRecord> {
    return [{ ahead: this.#clock.ahead }];
  }

  apply(record: JournalRecord): void {
    const { ahead } = record as { readonly ahead: number };
    this.#clock.setAhead(ahead);
  }

  clear(): void {
    this.#clock.setAhead(0);
  }
}
