import fc from "fast-check";
import { expect, test } from "vitest";
import {
  added,
  difference,
  intersection,
  lengthOf,
  type Range,
  union,
} from "../../../../local/arm/bytes/ranges.ts";

const PAGE = 512;
const PAGES = 64;

/** In any order, overlapping or not. */
const someRanges = fc.array(
  fc.record({ page: fc.nat(PAGES - 1), pages: fc.integer({ min: 1, max: 12 }) }).map(
    ({ page, pages }): Range => ({
      start: page * PAGE,
      end: Math.min(page + pages, PAGES) * PAGE,
    }),
  ),
  { maxLength: 20 },
);

/** Page by page, whether it is in one of them. */
const bitmapOf = (ranges: readonly Range[]): boolean[] =>
  Array.from({ length: PAGES }, (_, page) =>
    ranges.some(({ start, end }) => start <= page * PAGE && page * PAGE < end),
  );

/** The one list that says it. */
function rangesOf(bitmap: readonly boolean[]): Range[] {
  const ranges: Range[] = [];
  for (const [page, isIn] of bitmap.entries()) {
    if (!isIn) continue;
    const last = ranges.at(-1);
    if (last?.end === page * PAGE) ranges.splice(-1, 1, { ...last, end: last.end + PAGE });
    else ranges.push({ start: page * PAGE, end: (page + 1) * PAGE });
  }
  return ranges;
}

test("ranges that are added one by one become one sorted list of ranges that are apart", () => {
  fc.assert(
    fc.property(someRanges, (ranges) => {
      const list: Range[] = [];
      for (const range of ranges) added(list, range);
      expect(list).toEqual(rangesOf(bitmapOf(ranges)));
    }),
  );
});

test("a union has what is in any of the lists", () => {
  fc.assert(
    fc.property(fc.array(someRanges, { maxLength: 4 }), (lists) => {
      expect(union(...lists)).toEqual(rangesOf(bitmapOf(lists.flat())));
    }),
  );
});

test("an intersection has what is in both", () => {
  fc.assert(
    fc.property(someRanges, someRanges, (one, other) => {
      const [first, second] = [bitmapOf(one), bitmapOf(other)];
      const both = first.map((isIn, page) => isIn && second[page] === true);
      expect(intersection(union(one), union(other))).toEqual(rangesOf(both));
    }),
  );
});

test("a difference has what is in the first and not in the second", () => {
  fc.assert(
    fc.property(someRanges, someRanges, (one, other) => {
      const [first, second] = [bitmapOf(one), bitmapOf(other)];
      const left = first.map((isIn, page) => isIn && second[page] === false);
      expect(difference(union(one), union(other))).toEqual(rangesOf(left));
    }),
  );
});

test("the length is that of all pages together", () => {
  fc.assert(
    fc.property(someRanges, (ranges) => {
      const pages = bitmapOf(ranges).filter((isIn) => isIn).length;
      expect(lengthOf(union(ranges))).toBe(pages * PAGE);
    }),
  );
});

test("a range without bytes changes nothing", () => {
  const list: Range[] = [];
  added(list, { start: PAGE, end: PAGE });
  expect(list).toEqual([]);
});
