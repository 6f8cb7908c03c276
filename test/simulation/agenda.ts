/** What people and Azure will do, in the order of time. */
import { SortedMap } from "../../local/arm/state/sorted-map.ts";

interface Entry {
  readonly at: number;
  readonly sequence: number;
  readonly act: () => void | Promise<void>;
}

export class Agenda {
  readonly #entries = new SortedMap<Entry>(
    undefined,
    (one, other) => one.at - other.at || one.sequence - other.sequence,
  );
  #sequence = 0;

  add(at: number, act: Entry["act"]): void {
    this.#entries.set({ at, act, sequence: ++this.#sequence }, undefined);
  }

  /** The first entry up to `until`, which is then no longer there. */
  take(until: number): Entry | undefined {
    const first = this.#entries.minKey();
    if (first === undefined || first.at > until) return undefined;
    this.#entries.delete(first);
    return first;
  }
}
