/**
 * How far a list has come: up to which key it has been looked at, that one included. The place is a key and nothing of
 * the service's own, so it fits whatever the list is about by now: rows come and go before and behind it, and what the
 * caller may see is made anew from who calls. It only ever leaves out what comes before it.
 */
import * as z from "zod";
import type { KeyRange } from "../state/entity-table.ts";
import { invalidParameter } from "./api-error.ts";

/** Without a row: the whole partition has been looked at. */
export interface Place {
  readonly partition: string;
  readonly row?: string | undefined;
}

/** What a key of the tables can be. */
const keySchema = z.string().regex(/^[^\p{Cc}\p{Cs}/\\#?]{0,512}$/u);

const placeSchema = z
  .tuple([keySchema, keySchema.optional()])
  .transform(([partition, row]): Place => ({ partition, row }));

/** Opaque to the caller, and safe in a URL. */
export const continuationAt = ({ partition, row }: Place): string =>
  btoa(encodeURIComponent(JSON.stringify(row === undefined ? [partition] : [partition, row])));

/** Throws 400 for what no list has given. */
export function placeIn(continuation: string): Place {
  try {
    return placeSchema.parse(JSON.parse(decodeURIComponent(atob(continuation))));
  } catch {
    throw invalidParameter("continuation", "expected the one of a `nextLink`");
  }
}

/** Behind all that the range holds; undefined when nothing can come behind it. */
export const endOf = ({ partitionTo, rowTo }: KeyRange): Place | undefined =>
  partitionTo === undefined ? undefined : { partition: partitionTo, row: rowTo };

/** What is left of ranges that are in key order. */
export const rangesAfter = (ranges: readonly KeyRange[], place: Place): KeyRange[] =>
  ranges.flatMap((range) => [...restOfPartition(range, place), ...partitionsAfter(range, place)]);

function restOfPartition(range: KeyRange, { partition, row }: Place): KeyRange[] {
  const { partitionFrom = "", partitionTo = partition, rowTo } = range;
  const isInside = partitionFrom <= partition && partition <= partitionTo;
  if (!isInside || row === undefined || (rowTo !== undefined && rowTo <= row)) return [];
  return [{ ...range, partitionFrom: partition, partitionTo: partition, rowAfter: row }];
}

function partitionsAfter(range: KeyRange, { partition }: Place): KeyRange[] {
  const { partitionFrom = "", partitionTo } = range;
  if (partitionFrom > partition) return [range];
  if (partitionTo !== undefined && partitionTo <= partition) return [];
  return [{ ...range, partitionAfter: partition }];
}
