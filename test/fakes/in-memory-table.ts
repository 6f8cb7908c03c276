/**
 * `EntityTable` in memory, in B+ trees: a simulated year reads and writes it millions of times.
 * `test/contract/entity-table.test.ts` holds it to what Azurite does.
 */
import { deepStrictEqual } from "node:assert/strict";
import { SortedMap } from "../../local/arm/state/sorted-map.ts";
import {
  type EntityKey,
  type EntityTable,
  InvalidContinuation,
  type KeyRange,
  type Page,
  type PageRequest,
  type Stored,
  type TableDefinition,
} from "../../src/lib/state/entity-table.ts";

interface Row extends EntityKey {
  readonly etag: string;
  /** A copy of what was written; once it was parsed what the schema makes of it, for all readers. */
  record: unknown;
  isParsed: boolean;
}

export interface InMemoryOptions {
  /**
   * Of so many rows that are written one is parsed when it is read, the others are taken for what the schema would
   * make of them. Default: 1, as in the real table.
   */
  readonly parseOneOf?: number;
}

const byCodeUnit = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const sortedMap = <V>() => new SortedMap<string, V>(undefined, byCodeUnit);

export class InMemoryTable<T extends object> implements EntityTable<T> {
  /** Told of each record in the instant it is written. */
  written: (record: T) => void = () => undefined;
  readonly #definition: TableDefinition<T>;
  /** By row. No partition is empty. */
  readonly #partitions = new Map<string, ReturnType<typeof sortedMap<Row>>>();
  readonly #partitionKeys = sortedMap<undefined>();
  readonly #parseOneOf: number;
  #writes = 0;

  constructor(definition: TableDefinition<T>, { parseOneOf = 1 }: InMemoryOptions = {}) {
    this.#definition = definition;
    this.#parseOneOf = parseOneOf;
  }

  async get(key: EntityKey): Promise<Stored<T> | undefined> {
    const row = this.#find(key);
    return row && { record: this.#recordOf(row), etag: row.etag };
  }

  async insert(record: T): Promise<Stored<T> | "exists"> {
    const key = this.#definition.keyOf(record);
    return this.#find(key) ? "exists" : this.#write(key, record);
  }

  async replace(record: T, etag: string): Promise<Stored<T> | "conflict"> {
    const key = this.#definition.keyOf(record);
    return this.#find(key)?.etag === etag ? this.#write(key, record) : "conflict";
  }

  async upsert(record: T): Promise<void> {
    this.#write(this.#definition.keyOf(record), record);
  }

  async remove({ partitionKey, rowKey }: EntityKey, etag?: string): Promise<void> {
    const rows = this.#partitions.get(partitionKey);
    if (etag !== undefined && rows?.get(rowKey)?.etag !== etag) return;
    rows?.delete(rowKey);
    if (rows?.size !== 0) return;
    this.#partitions.delete(partitionKey);
    this.#partitionKeys.delete(partitionKey);
  }

  async list(range: KeyRange, { size, continuation }: PageRequest): Promise<Page<T>> {
    const from = continuation === undefined ? undefined : positionIn(continuation);
    // One more than asked for, which the next page begins with.
    const rows = this.#rowsIn(range, from, size + 1);
    const records = rows.slice(0, size).map((row) => this.#recordOf(row));
    const [last, next] = [keyOf(rows[records.length - 1]), rows[size]];
    return next ? { records, last, continuation: continuationTo(next) } : { records, last };
  }

  #rowsIn(range: KeyRange, from: EntityKey | undefined, most: number): Row[] {
    const { rowFrom = FIRST, rowAfter, rowTo = LAST } = range;
    const first = later(rowFrom, behind(rowAfter));
    const found: Row[] = [];
    for (const partitionKey of this.#partitionsIn(range, from)) {
      const position = from?.partitionKey === partitionKey ? from.rowKey : FIRST;
      const left = most - found.length;
      const rows = this.#partitions
        .get(partitionKey)
        ?.getRange(later(first, position), rowTo, true, left);
      for (const [, row] of rows ?? []) found.push(row);
      if (found.length === most) break;
    }
    return found;
  }

  #partitionsIn(
    { partitionFrom = FIRST, partitionAfter, partitionTo = LAST }: KeyRange,
    from: EntityKey | undefined,
  ): Iterable<string> {
    // By far the most lists are of one partition.
    if (partitionFrom === partitionTo) return [partitionFrom];
    const earliest = later(partitionFrom, behind(partitionAfter));
    const first = later(earliest, from?.partitionKey ?? FIRST);
    return this.#partitionKeys.getRange(first, partitionTo, true).map(([key]) => key);
  }

  #find({ partitionKey, rowKey }: EntityKey): Row | undefined {
    return this.#partitions.get(partitionKey)?.get(rowKey);
  }

  /** Throws when the record does not fit the schema, as the codec of the real table does. */
  #recordOf(row: Row): T {
    if (!row.isParsed) {
      row.record = this.#parsed(row.record);
      row.isParsed = true;
    }
    return row.record as T;
  }

  #parsed(record: unknown): T {
    const parsed = frozen(this.#definition.schema.parse(record));
    // A schema that changed anything would be missed in all the rows that are not parsed.
    if (this.#parseOneOf > 1) deepStrictEqual(parsed, record);
    return parsed;
  }

  #write({ partitionKey, rowKey }: EntityKey, record: T): Stored<T> {
    const etag = `W/"${++this.#writes}"`;
    const rows = this.#partitions.get(partitionKey) ?? sortedMap<Row>();
    if (rows.size === 0) {
      this.#partitions.set(partitionKey, rows);
      this.#partitionKeys.set(partitionKey, undefined);
    }
    const isParsed = this.#writes % this.#parseOneOf !== 0;
    rows.set(rowKey, { partitionKey, rowKey, etag, record: copyOf(record), isParsed });
    this.written(record);
    return { record, etag };
  }
}

const later = (one: string, other: string): string => (other > one ? other : one);

/** No key is before the one, or after the other. */
const FIRST = "";
const LAST = "\uffff";

/** The first key after another one. */
const behind = (key: string | undefined): string => (key === undefined ? FIRST : `${key}\0`);

const keyOf = (row: Row | undefined): EntityKey | undefined =>
  row && { partitionKey: row.partitionKey, rowKey: row.rowKey };

/** What a table keeps of a value: no property that is undefined. All readers share it, so nobody may change it. */
function copyOf(value: unknown): unknown {
  // What is frozen was read from a table.
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copyOf));
  if (value instanceof Date) return value.toJSON();
  // Far faster than a copy that is put together property by property.
  const copy: Record<string, unknown> = { ...value };
  for (const name of Object.keys(copy)) {
    const part = copy[name];
    if (part === undefined) delete copy[name];
    else if (typeof part === "object") copy[name] = copyOf(part);
  }
  return Object.freeze(copy);
}

/** So is what a schema makes of it. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

const CONTINUATION = "from:";
const continuationTo = ({ partitionKey, rowKey }: EntityKey): string =>
  btoa(CONTINUATION + encodeURI(`${partitionKey}\n${rowKey}`));

function positionIn(continuation: string): EntityKey {
  const text = Buffer.from(continuation, "base64").toString();
  if (!text.startsWith(CONTINUATION)) throw new InvalidContinuation("Not one of this table.");
  const [partitionKey = "", rowKey = ""] = decodeURI(text.slice(CONTINUATION.length)).split("\n");
  return { partitionKey, rowKey };
}
