/** `EntityTable` in memory. `test/contract/entity-table.test.ts` holds it to what Azurite does. */
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

interface Row extends EntityKey {
  readonly entity: object;
  readonly etag: string;
}

export class InMemoryTable<T extends object> implements EntityTable<T> {
  readonly #definition: TableDefinition<T>;
  #rows: Row[] = [];
  #writes = 0;

  constructor(definition: TableDefinition<T>) {
    this.#definition = definition;
  }

  async get(key: EntityKey): Promise<Stored<T> | undefined> {
    const row = this.#find(key);
    return row && { record: fromEntity(this.#definition, row.entity), etag: row.etag };
  }

  async insert(record: T): Promise<Stored<T> | "exists"> {
    return this.#find(this.#definition.keyOf(record)) ? "exists" : this.#write(record);
  }

  async replace(record: T, etag: string): Promise<Stored<T> | "conflict"> {
    const row = this.#find(this.#definition.keyOf(record));
    return row?.etag === etag ? this.#write(record) : "conflict";
  }

  async upsert(record: T): Promise<void> {
    this.#write(record);
  }

  async remove({ partitionKey, rowKey }: EntityKey): Promise<void> {
    this.#rows = this.#rows.filter(
      (row) => row.partitionKey !== partitionKey || row.rowKey !== rowKey,
    );
  }

  async list(range: KeyRange, { size, continuation }: PageRequest): Promise<Page<T>> {
    const from = continuation === undefined ? "" : positionIn(continuation);
    const rows = this.#rows.filter((row) => isIn(range, row) && positionOf(row) >= from);
    const records = rows.slice(0, size).map(({ entity }) => fromEntity(this.#definition, entity));
    const next = rows[size];
    return next ? { records, continuation: continuationTo(next) } : { records };
  }

  #find({ partitionKey, rowKey }: EntityKey): Row | undefined {
    return this.#rows.find((row) => row.partitionKey === partitionKey && row.rowKey === rowKey);
  }

  #write(record: T): Stored<T> {
    const key = this.#definition.keyOf(record);
    const etag = `W/"${++this.#writes}"`;
    const entity = toEntity(this.#definition, record);
    this.#rows = [
      ...this.#rows.filter(
        ({ partitionKey, rowKey }) => partitionKey !== key.partitionKey || rowKey !== key.rowKey,
      ),
      { ...key, entity, etag },
    ].sort((one, other) => (positionOf(one) < positionOf(other) ? -1 : 1));
    return { record, etag };
  }
}

const positionOf = ({ partitionKey, rowKey }: EntityKey): string => `${partitionKey}\n${rowKey}`;

const CONTINUATION = "from:";
const continuationTo = (row: EntityKey): string => btoa(CONTINUATION + encodeURI(positionOf(row)));

function positionIn(continuation: string): string {
  const text = Buffer.from(continuation, "base64").toString();
  if (!text.startsWith(CONTINUATION)) throw new InvalidContinuation("Not one of this table.");
  return decodeURI(text.slice(CONTINUATION.length));
}

const isIn = (range: KeyRange, { partitionKey, rowKey }: EntityKey): boolean =>
  (range.partitionFrom === undefined || partitionKey >= range.partitionFrom) &&
  (range.partitionTo === undefined || partitionKey <= range.partitionTo) &&
  (range.rowFrom === undefined || rowKey >= range.rowFrom) &&
  (range.rowTo === undefined || rowKey <= range.rowTo);
