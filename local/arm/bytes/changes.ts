/**
 * Which bytes of a disk changed between its restore points: what makes them incremental. A disk's lineage is counted in
 * epochs; taking a restore point ends one. A change is noted before it is made, so that a kill can only claim too much.
 */
import type { Journal, JournaledPart, JournalRecord } from "../state/journal.ts";
import { added, type Range, union } from "./ranges.ts";

interface Lineage {
  /** The one that writes go to. */
  open: number;
  /** By epoch: what was written or cleared in it. Only epochs that ended in a restore point that still exists, and the open one. */
  readonly changed: Map<number, Range[]>;
}

type ChangeRecord =
  | readonly ["changed", uniqueId: string, epoch: number, ranges: readonly (readonly number[])[]]
  | readonly ["closed", uniqueId: string]
  | readonly ["forgotten", uniqueId: string, epoch: number]
  | readonly ["dropped", uniqueId: string];

export class Changes implements JournaledPart {
  readonly #lineages = new Map<string, Lineage>();
  readonly #tell: (record: JournalRecord) => void;

  constructor(journal: Journal) {
    this.#tell = journal.register("changes", this);
  }

  /** Was, or is about to be, written or cleared. */
  changed(uniqueId: string, ranges: readonly Range[]): void {
    const { open } = this.#of(uniqueId);
    this.#do(["changed", uniqueId, open, ranges.map(({ start, end }) => [start, end])]);
  }

  /** A restore point is taken: its epoch. Until a disk is written to, all of them are of epoch 0. */
  close(uniqueId: string): number {
    const lineage = this.#lineages.get(uniqueId);
    if (lineage === undefined) return 0;
    const { open } = lineage;
    this.#do(["closed", uniqueId]);
    return open;
  }

  /** What changed after the older restore point, up to the newer one. */
  between(uniqueId: string, older: number, newer: number): Range[] {
    const changed = [...(this.#lineages.get(uniqueId)?.changed ?? [])];
    return union(
      ...changed.filter(([epoch]) => epoch > older && epoch <= newer).map(([, ranges]) => ranges),
    );
  }

  /** The restore point is gone: its changes count for the next one. */
  forget(uniqueId: string, epoch: number): void {
    if (this.#lineages.has(uniqueId)) this.#do(["forgotten", uniqueId, epoch]);
  }

  /** Whether a restore point of the disk is left. */
  hasPoints(uniqueId: string): boolean {
    return (this.#lineages.get(uniqueId)?.changed.size ?? 0) > 1;
  }

  /** Of each disk, the epochs that ended in a restore point. */
  *closed(): Generator<{ readonly uniqueId: string; readonly epochs: readonly number[] }> {
    for (const [uniqueId, { open, changed }] of this.#lineages) {
      yield { uniqueId, epochs: [...changed.keys()].filter((epoch) => epoch < open) };
    }
  }

  /** Disk and restore points are gone. */
  drop(uniqueId: string): void {
    if (this.#lineages.has(uniqueId)) this.#do(["dropped", uniqueId]);
  }

  *dump(): Generator<ChangeRecord> {
    for (const [uniqueId, { open, changed }] of this.#lineages) {
      for (let epoch = 1; epoch <= open; epoch++) {
        const ranges = changed.get(epoch);
        if (ranges) {
          const pairs = ranges.map(({ start, end }) => [start, end]);
          yield ["changed", uniqueId, epoch, pairs];
        }
        if (epoch < open) yield ["closed", uniqueId];
        if (epoch < open && ranges === undefined) yield ["forgotten", uniqueId, epoch];
      }
    }
  }

  apply(record: JournalRecord): void {
    const [what, uniqueId, ...rest] = record as ChangeRecord;
    if (what === "dropped") {
      this.#lineages.delete(uniqueId);
      return;
    }
    const lineage = this.#of(uniqueId);
    if (what === "closed") {
      lineage.open += 1;
      lineage.changed.set(lineage.open, []);
      return;
    }
    const [epoch = lineage.open, ranges = []] = rest as [number?, [number, number][]?];
    if (what === "forgotten") merge(lineage, epoch);
    else {
      const list = lineage.changed.get(epoch) ?? [];
      for (const [start, end] of ranges) added(list, { start, end });
      lineage.changed.set(epoch, list);
    }
  }

  clear(): void {
    this.#lineages.clear();
  }

  #do(record: ChangeRecord): void {
    this.#tell(record);
    this.apply(record);
  }

  #of(uniqueId: string): Lineage {
    const known = this.#lineages.get(uniqueId);
    if (known) return known;
    const made: Lineage = { open: 1, changed: new Map([[1, []]]) };
    this.#lineages.set(uniqueId, made);
    return made;
  }
}

function merge({ changed }: Lineage, epoch: number): void {
  const gone = changed.get(epoch);
  const next = [...changed.keys()].filter((each) => each > epoch).sort((a, b) => a - b)[0];
  if (gone === undefined || next === undefined) return;
  changed.set(next, union(gone, changed.get(next) ?? []));
  changed.delete(epoch);
}
