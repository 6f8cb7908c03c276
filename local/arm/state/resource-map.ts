/** Resources by their ARM id, whose casing does not matter, in the order of the ids. */
import type { Journal, JournaledPart, JournalRecord } from "./journal.ts";
import { SortedMap } from "./sorted-map.ts";

export class ResourceMap<T extends { readonly id: string }> implements JournaledPart {
  readonly #resources = new SortedMap<string, T>(undefined, compare);
  readonly #tell: (record: JournalRecord) => void;
  readonly #revive: (resource: T) => T;

  /** `revive` makes a resource of what was read from a file. */
  constructor(journal: Journal, name: string, revive: (resource: T) => T = (read) => read) {
    this.#tell = journal.register(name, this);
    this.#revive = revive;
  }

  get size(): number {
    return this.#resources.size;
  }

  get(id: string): T | undefined {
    return this.#resources.get(id.toLowerCase());
  }

  /** Makes or replaces it: a resource is never changed in place. */
  set(resource: T): T {
    this.#tell({ set: resource });
    this.#resources.set(resource.id.toLowerCase(), resource);
    return resource;
  }

  delete(id: string): void {
    const key = id.toLowerCase();
    if (!this.#resources.has(key)) return;
    this.#tell({ delete: key });
    this.#resources.delete(key);
  }

  find(fits: (resource: T) => boolean): T | undefined {
    for (const resource of this.#resources.values()) if (fits(resource)) return resource;
    return undefined;
  }

  all(): T[] {
    return this.#resources.valuesArray();
  }

  /** Those whose id begins with `prefix`, in order; with `after`, those that follow this id. */
  *under(prefix: string, after?: string): Generator<T> {
    const start = prefix.toLowerCase();
    for (const [id, resource] of this.#resources.entries(after?.toLowerCase() ?? start)) {
      if (!id.startsWith(start)) return;
      if (id !== after?.toLowerCase()) yield resource;
    }
  }

  *dump(): Generator<JournalRecord> {
    for (const resource of this.#resources.values()) yield { set: resource };
  }

  apply(record: JournalRecord): void {
    const { set, delete: gone } = record as { readonly set?: T; readonly delete?: string };
    if (set) this.#resources.set(set.id.toLowerCase(), this.#revive(set));
    if (gone) this.#resources.delete(gone);
  }

  clear(): void {
    this.#resources.clear();
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
