/**
 * `EntityTable` in memory, in B+ trees: a simulated year reads and writes it millions of times.
 * `test/contract/entity-table.test.ts` holds it to what Azurite does.
 */
import { SortedMap } from "../../local/arm/state/sorted-map.ts";
import { fromEntity, toEntity } from "../../src/lib/azure/entity-codec.ts";
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

interface Row<T> extends EntityKey {
  readonly etag: string;
  /** As it was written; decoded when it is first read. */
  entity: object | undefined;
  /** All readers get this one, so nobody may change it. */
  record?: T;
}

const byCodeUnit = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const sortedMap = <V>() => new SortedMap<string, V>(undefined, byCodeUnit);

export class InMemoryTable<T extends object> implements EntityTable<T> {
  /** Told of each record in the instant it is written. */
  written: (record: T) => void = () => undefined;
  readonly #definition: TableDefinition<T>;
  /** By partition, then by row. No partition is empty. */
  readonly #partitions = sortedMap<ReturnType<typeof sortedMap<Row<T>>>>();
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
    if (rows?.size === 0) this.#partitions.delete(partitionKey);
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

  *#rowsIn(range: KeyRange, from: EntityKey | undefined): Generator<Row<T>> {
    const { partitionFrom, partitionTo, rowFrom, rowTo } = range;
    const first = later(partitionFrom, from?.partitionKey);
    for (const [partitionKey, rows] of this.#partitions.entries(first)) {
      if (partitionTo !== undefined && partitionKey > partitionTo) return;
      const position = from?.partitionKey === partitionKey ? from.rowKey : undefined;
      for (const [rowKey, row] of rows.entries(later(rowFrom, position))) {
        if (rowTo !== undefined && rowKey > rowTo) break;
        yield row;
      }
    }
  }

  #find({ partitionKey, rowKey }: EntityKey): Row<T> | undefined {
    return this.#partitions.get(partitionKey)?.get(rowKey);
  }

  #recordOf(row: Row<T>): T {
    row.record ??= frozen(fromEntity(this.#definition, row.entity ?? {}));
    row.entity = undefined;
    return row.record;
  }

  #write({ partitionKey, rowKey }: EntityKey, record: T): Stored<T> {
    const etag = `W/"${++this.#writes}"`;
    const entity = toEntity(this.#definition, record);
    const rows = this.#partitions.get(partitionKey) ?? sortedMap<Row<T>>();
    if (rows.size === 0) this.#partitions.set(partitionKey, rows);
    rows.set(rowKey, { partitionKey, rowKey, entity, etag });
    this.written(record);
    return { record, etag };
  }
}

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;

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
