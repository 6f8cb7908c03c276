/** Paging: `value` and `nextLink`, with a continuation that is opaque to the caller. */
import {
  type EntityTable,
  InvalidContinuation,
  type KeyRange,
  partition,
} from "../state/entity-table.ts";
import { invalidParameter } from "./api-error.ts";

const MOST_ON_A_PAGE = 200;
const DEFAULT_ON_A_PAGE = 50;

export interface ListPage<R> {
  readonly value: readonly R[];
  readonly nextLink?: string;
}

/** Lists a range of a table as the request's `top` and `continuation` ask for it. */
export async function listPage<T, R>(
  table: Pick<EntityTable<T>, "list">,
  range: KeyRange | string,
  url: URL,
  resource: (record: T) => R,
): Promise<ListPage<R>> {
  const continuation = url.searchParams.get("continuation") ?? undefined;
  const size = pageSize(url);
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

/** `top` of a list. Throws 400. */
export function pageSize(url: URL): number {
  const top = url.searchParams.get("top");
  if (top === null) return DEFAULT_ON_A_PAGE;
  const size = /^\d{1,4}$/.test(top) ? Number(top) : 0;
  if (size >= 1 && size <= MOST_ON_A_PAGE) return size;
  throw invalidParameter("top", `expected a number from 1 to ${MOST_ON_A_PAGE}`);
}
