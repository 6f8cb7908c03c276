/**
 * The port to Azure Table Storage. State moves by compare-and-set: a lost race and an existing key are values,
 * and every read names its partition or a bounded range of partitions.
 */
import type * as z from "zod";

export interface EntityKey {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** One table: its name, the shape of a record, and the key derived from it. */
export interface TableDefinition<T> {
  /** Letters and digits only: a rule of Table Storage. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  keyOf(record: T): EntityKey;
}

export interface Stored<T> {
  readonly record: T;
  readonly etag: string;
}

/** `From` and `To` are included, `After` is not; all bounds left out means the whole table, page by page. */
export interface KeyRange {
  readonly partitionFrom?: string;
  readonly partitionAfter?: string;
  readonly partitionTo?: string;
  readonly rowFrom?: string;
  readonly rowAfter?: string;
  readonly rowTo?: string;
}

export interface PageRequest {
  /** At most 1,000, the service's own limit. */
  readonly size: number;
  /** From the previous page, passed back unchanged. */
  readonly continuation?: string | undefined;
}

export interface Page<T> {
  readonly records: readonly T[];
  /** Key of the last record. */
  readonly last?: EntityKey | undefined;
  readonly continuation?: string;
}

/** The continuation is not one that this table gave. */
export class InvalidContinuation extends Error {}

export interface EntityTable<T> {
  get(key: EntityKey): Promise<Stored<T> | undefined>;
  insert(record: T): Promise<Stored<T> | "exists">;
  /** Writes only if the stored ETag is still `etag`. A record that is gone is a conflict too. */
  replace(record: T, etag: string): Promise<Stored<T> | "conflict">;
  upsert(record: T): Promise<void>;
  /** With `etag`, only if that is still the stored one. Removing what is not there is a success. */
  remove(key: EntityKey, etag?: string): Promise<void>;
  /** Throws `InvalidContinuation`. */
  list(range: KeyRange, page: PageRequest): Promise<Page<T>>;
}

/** A log: what is in it is never changed, nor taken away. */
export type AppendOnlyTable<T> = Pick<EntityTable<T>, "insert" | "list">;

/** Exactly one partition. */
export const partition = (key: string): KeyRange => ({ partitionFrom: key, partitionTo: key });

/**
 * The keys that begin with `<name>~`. After `~` comes U+00A0 in what a key may hold, so no other name is within these
 * bounds: neither one that goes on where this one ends, nor one in another script.
 */
export const below = (name: string): { readonly from: string; readonly to: string } => ({
  from: `${name}~`,
  to: `${name}\u00a0`,
});

/** All records of a range, read page by page. Only for ranges whose size follows what is due. */
export async function* every<T>(table: EntityTable<T>, range: KeyRange): AsyncGenerator<T> {
  let continuation: string | undefined;
  do {
    const page = await table.list(range, { size: 1000, continuation });
    yield* page.records;
    continuation = page.continuation;
  } while (continuation !== undefined);
}

/** The same, for ranges that are looked at as a whole. */
export async function allIn<T>(table: EntityTable<T>, range: KeyRange): Promise<T[]> {
  const records: T[] = [];
  let continuation: string | undefined;
  do {
    const page = await table.list(range, { size: 1000, continuation });
    records.push(...page.records);
    continuation = page.continuation;
  } while (continuation !== undefined);
  return records;
}
