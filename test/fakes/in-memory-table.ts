/**
 * `EntityTable` in memory, in B+ trees: a simulated year reads and writes it millions of times.
 * `test/contract/entity-table.test.ts` holds it to what Azurite does.
 */
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
  /** A copy of what was written; from the first read on what the schema makes of it, for all readers. */
  record: unknown;
  isRead: boolean;
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
  #writes = 0;

  constructor(definition: TableDefinition<T>) {
    this.#definition = definition;
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

  async remove({ partitionKey, rowKey }: EntityKey): Promise<void> {
    const rows = this.#partitions.get(partitionKey);
    rows?.delete(rowKey);
    if (rows?.size !== 0) return;
    this.#partitions.delete(partitionKey);
    this.#partitionKeys.delete(partitionKey);
  }

  async list(range: KeyRange, { size, continuation }: PageRequest): Promise<Page<T>> {
    const from = continuation === undefined ? undefined : positionIn(continuation);
    const records: T[] = [];
    for (const row of this.#rowsIn(range, from)) {
      if (records.length === size) return { records, continuation: continuationTo(row) };
      records.push(this.#recordOf(row));
    }
    return { records };
  }

  *#rowsIn(range: KeyRange, from: EntityKey | undefined): Generator<Row> {
    const { partitionFrom, partitionTo, rowFrom, rowTo } = range;
    const first = later(partitionFrom, from?.partitionKey);
    for (const partitionKey of this.#partitionKeys.keys(first)) {
      if (partitionTo !== undefined && partitionKey > partitionTo) return;
      const rows = this.#partitions.get(partitionKey) ?? sortedMap<Row>();
      const position = from?.partitionKey === partitionKey ? from.rowKey : undefined;
      for (const [rowKey, row] of rows.entries(later(rowFrom, position))) {
        if (rowTo !== undefined && rowKey > rowTo) break;
        yield row;
      }
    }
  }

  #find({ partitionKey, rowKey }: EntityKey): Row | undefined {
    return this.#partitions.get(partitionKey)?.get(rowKey);
  }

  /** Throws when the record does not fit the schema, as the codec of the real table does. */
  #recordOf(row: Row): T {
    if (!row.isRead) {
      row.record = frozen(this.#definition.schema.parse(row.record));
      row.isRead = true;
    }
    return row.record as T;
  }

  #write({ partitionKey, rowKey }: EntityKey, record: T): Stored<T> {
    const etag = `W/"${++this.#writes}"`;
    const rows = this.#partitions.get(partitionKey) ?? sortedMap<Row>();
    if (rows.size === 0) {
      this.#partitions.set(partitionKey, rows);
      this.#partitionKeys.set(partitionKey, undefined);
    }
    rows.set(rowKey, { partitionKey, rowKey, etag, record: copyOf(record), isRead: false });
    this.written(record);
    return { record, etag };
  }
}

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;

/** What a table keeps of a value: no property that is undefined. */
function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  if (value instanceof Date) return value.toJSON();
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    if (part !== undefined) copy[name] = copyOf(part);
  }
  return copy;
}

/** All readers share it, so nobody may change it. */
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
