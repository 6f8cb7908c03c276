/** Lists of byte ranges: sorted, apart from each other, in whole pages of 512 bytes. */

export interface Range {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export type Ranges = readonly Range[];

/** Adds one. A list that is written to in order takes no longer as it grows. */
export function added(ranges: Range[], range: Range): void {
  if (range.end <= range.start) return;
  const first = firstThatEndsAt(ranges, range.start);
  let last = first;
  let { start, end } = range;
  while (last < ranges.length) {
    const next = ranges[last];
    if (next === undefined || next.start > end) break;
    start = Math.min(start, next.start);
    end = Math.max(end, next.end);
    last += 1;
  }
  ranges.splice(first, last - first, { start, end });
}

/** Index of the first range that ends at `offset` or later. */
function firstThatEndsAt(ranges: Ranges, offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether `range` has bytes in common with one of them. */
export const overlaps = (ranges: Ranges, { start, end }: Range): boolean =>
  (ranges[firstThatEndsAt(ranges, start + 1)]?.start ?? end) < end;

export function union(...lists: readonly Ranges[]): Range[] {
  const sorted = lists.flat().sort((one, other) => one.start - other.start);
  const merged: Range[] = [];
  for (const range of sorted) added(merged, range);
  return merged;
}

export function intersection(one: Ranges, other: Ranges): Range[] {
  const common: Range[] = [];
  for (const { range, met } of meetings(one, other)) {
    for (const next of met) {
      const [start, end] = [Math.max(range.start, next.start), Math.min(range.end, next.end)];
      if (start < end) common.push({ start, end });
    }
  }
  return common;
}

/** What is in `one` and not in `other`. */
export function difference(one: Ranges, other: Ranges): Range[] {
  const left: Range[] = [];
  for (const { range, met } of meetings(one, other)) {
    let { start } = range;
    for (const hole of met) {
      if (hole.start > start) left.push({ start, end: hole.start });
      start = Math.max(start, hole.end);
    }
    if (start < range.end) left.push({ start, end: range.end });
  }
  return left;
}

/** Each of `one`, with those of `other` that have bytes in common with it. Goes through both lists once. */
function* meetings(one: Ranges, other: Ranges): Generator<{ range: Range; met: Ranges }> {
  let first = 0;
  for (const range of one) {
    while ((other[first]?.end ?? Number.POSITIVE_INFINITY) <= range.start) first += 1;
    let last = first;
    while ((other[last]?.start ?? Number.POSITIVE_INFINITY) < range.end) last += 1;
    yield { range, met: other.slice(first, last) };
  }
}

export const lengthOf = (ranges: Ranges): number =>
  ranges.reduce((sum, { start, end }) => sum + end - start, 0);
