/** Paging: `value` and `nextLink`, with a continuation that is opaque to the caller. */
import {
  type EntityTable,
  InvalidContinuation,
  type KeyRange,
  partition,
} from "../state/entity-table.ts";
import { invalidParameter } from "./api-error.ts";
import type { PageAsked } from "./shapes/page.ts";

/** A request for a page of a list. */
export interface PageCall {
  readonly url: URL;
  readonly query: PageAsked;
}

export interface ListPage<R> {
  readonly value: R[];
  readonly nextLink?: string;
}

/** Lists a range of a table as the request's `top` and `continuation` ask for it. */
export async function listPage<T, R>(
  table: Pick<EntityTable<T>, "list">,
  range: KeyRange | string,
  { url, query: { top: size, continuation } }: PageCall,
  resource: (record: T) => R,
): Promise<ListPage<R>> {
  const keys = typeof range === "string" ? partition(range) : range;
  const page = await table.list(keys, { size, continuation }).catch((error: unknown) => {
    throw error instanceof InvalidContinuation
      ? invalidParameter("continuation", "expected the one of a `nextLink`")
      : error;
  });
  const value = page.records.map(resource);
  if (page.continuation === undefined) return { value };
  const next = new URL(url);
  next.searchParams.set("continuation", page.continuation);
  return { value, nextLink: next.href };
}
