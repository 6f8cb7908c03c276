/** Paging: `value` and `nextLink`, in the order of keys, with a continuation that is opaque to the caller. */
import { type EntityTable, type KeyRange, partition } from "../state/entity-table.ts";
import { continuationAt, endOf, type Place, placeIn, rangesAfter } from "./place.ts";
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

type Listed<T> = Pick<EntityTable<T>, "list">;
/** `undefined` leaves the record out of the list. */
type ResourceOf<T, R> = (record: T) => R | undefined;

/**
 * Lists a partition, or ranges of a table that are in key order and do not overlap, as the request's `top` and
 * `continuation` ask for it.
 */
export async function listPage<T, R>(
  table: Listed<T>,
  range: string | KeyRange | readonly KeyRange[],
  { url, query: { top, continuation } }: PageCall,
  resource: ResourceOf<T, R>,
): Promise<ListPage<R>> {
  const ranges = typeof range === "string" ? [partition(range)] : [range].flat();
  const left = continuation === undefined ? ranges : rangesAfter(ranges, placeIn(continuation));
  const { value, place } = await lookThrough(table, left, top, resource);
  if (place === undefined) return { value };
  const next = new URL(url);
  next.searchParams.set("continuation", continuationAt(place));
  return { value, nextLink: next.href };
}

/** No page costs more. */
const MOST_QUERIES = 5;

/** Whoever filters would page through nothing, so `top` records are not enough while less than half of them are shown. */
const isEnough = (looked: number, shown: number, top: number): boolean =>
  looked >= top && shown * 2 >= top;

/** With the place to go on from, if there may be more. */
async function lookThrough<T, R>(
  table: Listed<T>,
  ranges: readonly KeyRange[],
  top: number,
  resource: ResourceOf<T, R>,
): Promise<{ readonly value: R[]; readonly place?: Place }> {
  const value: R[] = [];
  let place: Place | undefined;
  let [looked, queries] = [0, 0];
  for (const range of ranges) {
    let continuation: string | undefined;
    do {
      const isDone = queries >= MOST_QUERIES || isEnough(looked, value.length, top);
      // The service may answer with a continuation alone: then there is no place yet to go on from.
      if (isDone && place !== undefined) return { value, place };
      const page = await table.list(range, { size: top - value.length, continuation });
      value.push(...page.records.map(resource).filter((each) => each !== undefined));
      continuation = page.continuation;
      place = (continuation === undefined ? endOf(range) : placeOf(page)) ?? place;
      looked += page.records.length;
      queries++;
    } while (continuation !== undefined);
  }
  return { value };
}

const placeOf = ({ last }: Awaited<ReturnType<Listed<unknown>["list"]>>): Place | undefined =>
  last && { partition: last.partitionKey, row: last.rowKey };
