/** `EntityTable` on Azure Table Storage. The table is created when it is first found missing. */
import { odata, RestError, type TableClient, type TableEntityResultPage } from "@azure/data-tables";
import {
  type EntityKey,
  type EntityTable,
  InvalidContinuation,
  type KeyRange,
  type Page,
  type PageRequest,
  type Stored,
  type TableDefinition,
} from "../state/entity-table.ts";
import { fromEntity, toEntity } from "./entity-codec.ts";

export class AzureTable<T extends object> implements EntityTable<T> {
  readonly #client: TableClient;
  readonly #definition: TableDefinition<T>;

  constructor(client: TableClient, definition: TableDefinition<T>) {
    this.#client = client;
    this.#definition = definition;
  }

  async get({ partitionKey, rowKey }: EntityKey): Promise<Stored<T> | undefined> {
    try {
      const entity = await this.#client.getEntity(partitionKey, rowKey);
      return { record: fromEntity(this.#definition, entity), etag: entity.etag };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  async insert(record: T): Promise<Stored<T> | "exists"> {
    try {
      const entity = toEntity(this.#definition, record);
      const { etag = "" } = await this.#creatingTable(() => this.#client.createEntity(entity));
      return { record, etag };
    } catch (error) {
      if (statusOf(error) === 409) return "exists";
      throw error;
    }
  }

  async replace(record: T, etag: string): Promise<Stored<T> | "conflict"> {
    try {
      const entity = toEntity(this.#definition, record);
      const written = await this.#client.updateEntity(entity, "Replace", { etag });
      return { record, etag: written.etag ?? "" };
    } catch (error) {
      if (statusOf(error) === 412 || statusOf(error) === 404) return "conflict";
      throw error;
    }
  }

  async upsert(record: T): Promise<void> {
    const entity = toEntity(this.#definition, record);
    await this.#creatingTable(() => this.#client.upsertEntity(entity, "Replace"));
  }

  async remove({ partitionKey, rowKey }: EntityKey, etag = "*"): Promise<void> {
    try {
      await this.#client.deleteEntity(partitionKey, rowKey, { etag });
    } catch (error) {
      if (statusOf(error) !== 412 && statusOf(error) !== 404) throw error;
    }
  }

  async list(range: KeyRange, { size, continuation }: PageRequest): Promise<Page<T>> {
    const page = await this.#page(range, size, continuation);
    const records = page.map((entity) => fromEntity(this.#definition, entity));
    const lastRecord = records.at(-1);
    const last = lastRecord && this.#definition.keyOf(lastRecord);
    const next = page.continuationToken;
    return next === undefined ? { records, last } : { records, last, continuation: next };
  }

  async #page(
    range: KeyRange,
    size: number,
    continuation: string | undefined,
  ): Promise<TableEntityResultPage<Record<string, unknown>>> {
    const filter = filterOf(range);
    const entities = this.#client.listEntities(filter ? { queryOptions: { filter } } : {});
    const token = continuation === undefined ? {} : { continuationToken: continuation };
    try {
      for await (const page of entities.byPage({ maxPageSize: size, ...token })) return page;
    } catch (error) {
      if (continuation !== undefined && isUnreadable(error)) {
        throw new InvalidContinuation("The continuation is not one of this list.", {
          cause: error,
        });
      }
      if (statusOf(error) !== 404) throw error;
    }
    return [];
  }

  async #creatingTable<R>(write: () => Promise<R>): Promise<R> {
    try {
      return await write();
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      await this.#client.createTable();
      return await write();
    }
  }
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof RestError ? error.statusCode : undefined;

/** The client cannot decode the continuation, or the service cannot. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof SyntaxError || error instanceof TypeError || statusOf(error) === 400;

function filterOf(range: KeyRange): string {
  const { partitionFrom, partitionAfter, partitionTo, rowFrom, rowAfter, rowTo } = range;
  const bounds =
    partitionFrom !== undefined && partitionFrom === partitionTo
      ? [odata`PartitionKey eq ${partitionFrom}`]
      : [
          partitionFrom === undefined ? "" : odata`PartitionKey ge ${partitionFrom}`,
          partitionAfter === undefined ? "" : odata`PartitionKey gt ${partitionAfter}`,
          partitionTo === undefined ? "" : odata`PartitionKey le ${partitionTo}`,
        ];
  const rows = [
    rowFrom === undefined ? "" : odata`RowKey ge ${rowFrom}`,
    rowAfter === undefined ? "" : odata`RowKey gt ${rowAfter}`,
    rowTo === undefined ? "" : odata`RowKey le ${rowTo}`,
  ];
  return [...bounds, ...rows].filter((bound) => bound !== "").join(" and ");
}
