import { describe, expect, test } from "vitest";
import {
  continuationAt,
  endOf,
  type Place,
  placeIn,
  rangesAfter,
} from "../../../src/lib/api/place.ts";
import { type KeyRange, partition } from "../../../src/lib/state/entity-table.ts";

const some: KeyRange = { ...partition("b"), rowFrom: "2", rowTo: "5" };
const days: KeyRange = { partitionFrom: "b", partitionTo: "d", rowFrom: "2", rowTo: "5" };

describe("what is left of a list", () => {
  test.each<[string, KeyRange[], Place, KeyRange[]]>([
    [
      "of everything",
      [{}],
      { partition: "b", row: "3" },
      [{ ...partition("b"), rowAfter: "3" }, { partitionAfter: "b" }],
    ],
    ["of everything, behind a partition", [{}], { partition: "b" }, [{ partitionAfter: "b" }]],
    ["of rows", [some], { partition: "b", row: "3" }, [{ ...some, rowAfter: "3" }]],
    ["of rows, before them", [some], { partition: "a", row: "3" }, [some]],
    ["of rows, behind them", [some], { partition: "b", row: "5" }, []],
    ["of rows, behind their partition", [some], { partition: "c", row: "1" }, []],
    ["of a partition that is done", [some], { partition: "b" }, []],
    [
      "of partitions",
      [days],
      { partition: "c", row: "3" },
      [
        { ...days, ...partition("c"), rowAfter: "3" },
        { ...days, partitionAfter: "c" },
      ],
    ],
    [
      "of partitions, in the last one",
      [days],
      { partition: "d", row: "3" },
      [{ ...days, ...partition("d"), rowAfter: "3" }],
    ],
    [
      "of several ranges",
      [partition("a"), some, partition("c")],
      { partition: "b", row: "5" },
      [partition("c")],
    ],
  ])("%s", (_what, ranges, place, left) => {
    expect(rangesAfter(ranges, place)).toEqual(left);
  });

  test.each<[KeyRange]>([[some], [days], [partition("b")]])(
    "is nothing at the end of %j",
    (range) => {
      const place = endOf(range);
      expect(place && rangesAfter([range], place)).toEqual([]);
    },
  );
});

describe("a continuation", () => {
  test.each<[Place]>([
    [{ partition: "b", row: "größe~漢字 %" }],
    [{ partition: "größe" }],
    [{ partition: "", row: "" }],
  ])("holds %j", (place) => {
    expect(placeIn(continuationAt(place))).toEqual(place);
  });

  test.each([
    "nonsense",
    "%",
    "漢",
    btoa("null"),
    btoa("[]"),
    btoa("[1]"),
    btoa('["a","b","c"]'),
    btoa("%"),
    continuationAt({ partition: "\ud800" }),
    continuationAt({ partition: "b", row: "x".repeat(513) }),
  ])("%j is refused", (continuation) => {
    expect(() => placeIn(continuation)).toThrow(
      expect.objectContaining({ status: 400, target: "continuation" }),
    );
  });
});
