import { expect, test } from "vitest";
import { type AdvancedFilter, holds } from "../../../local/event-grid/advanced-filter.ts";

const key = "data.key";
const text = (
  operatorType: "StringIn" | "StringContains" | "StringBeginsWith" | "StringEndsWith",
) => ({ operatorType, key, values: ["Web", "01"] }) as const;
const notText = (
  operatorType: "StringNotIn" | "StringNotContains" | "StringNotBeginsWith" | "StringNotEndsWith",
) => ({ operatorType, key, values: ["Web", "01"] }) as const;
const number = (
  operatorType:
    | "NumberLessThan"
    | "NumberLessThanOrEquals"
    | "NumberGreaterThan"
    | "NumberGreaterThanOrEquals",
) => ({ operatorType, key, value: 5 }) as const;
const range = (operatorType: "NumberInRange" | "NumberNotInRange") =>
  ({
    operatorType,
    key,
    values: [
      [1, 2],
      [5, 7.5],
    ],
  }) as const;
const oneOf = (operatorType: "NumberIn" | "NumberNotIn") =>
  ({ operatorType, key, values: [1, 5] }) as const;
const equals = (value: boolean) => ({ operatorType: "BoolEquals", key, value }) as const;
const presence = (operatorType: "IsNullOrUndefined" | "IsNotNull") =>
  ({ operatorType, key }) as const;

test.each<[AdvancedFilter, holding: readonly unknown[], notHolding: readonly unknown[]]>([
  [text("StringIn"), ["web", "01"], ["web-01", 1, null, undefined]],
  [text("StringContains"), ["my-WEB-2", "x01x"], ["db", 101, undefined]],
  [text("StringBeginsWith"), ["website", "01-web"], ["a-web", "", undefined]],
  [text("StringEndsWith"), ["a-web", "db-01"], ["web-02", null]],
  [notText("StringNotIn"), ["web-01", 1, null, undefined], ["WEB", "01"]],
  [notText("StringNotContains"), ["db", 101], ["my-web", undefined, null]],
  [notText("StringNotBeginsWith"), ["a-web"], ["Website", undefined]],
  [notText("StringNotEndsWith"), ["web-02"], ["a-WEB", undefined]],
  [oneOf("NumberIn"), [1, 5], [2, "5", undefined]],
  [oneOf("NumberNotIn"), [2, "5", undefined], [1, 5]],
  [number("NumberLessThan"), [4.9], [5, 6, "4", undefined]],
  [number("NumberLessThanOrEquals"), [4, 5], [5.1, undefined]],
  [number("NumberGreaterThan"), [5.1], [5, undefined]],
  [number("NumberGreaterThanOrEquals"), [5, 6], [4, undefined]],
  [range("NumberInRange"), [1, 2, 5, 7.5], [0, 3, 8, "1", undefined]],
  [range("NumberNotInRange"), [0, 3, 8], [1, 6, undefined]],
  [equals(true), [true], [false, "true", 1, undefined]],
  [equals(false), [false], [true, 0, undefined]],
  [presence("IsNullOrUndefined"), [null, undefined], ["", 0, false, {}]],
  [presence("IsNotNull"), ["", 0, false, {}], [null, undefined]],
])("%j holds for what it names only", (filter, holding, notHolding) => {
  expect(holding.map((value) => holds(filter, value, false))).toEqual(holding.map(() => true));
  expect(notHolding.map((value) => holds(filter, value, false))).toEqual(
    notHolding.map(() => false),
  );
});

test.each<[AdvancedFilter, value: readonly unknown[], expected: boolean]>([
  [text("StringIn"), ["db", "web"], true],
  [text("StringIn"), ["db", 1], false],
  [notText("StringNotContains"), ["db", "x-web"], false],
  [notText("StringNotContains"), ["db", 7], true],
  [number("NumberGreaterThan"), ["x", 1, 9], true],
  [range("NumberNotInRange"), [3, 6], false],
  [equals(true), [false, true], true],
])("%j looks into an array, where it may", (filter, value, expected) => {
  expect(holds(filter, value, true)).toBe(expected);
});

test("an array counts as not there for a subscription that does not look into arrays", () => {
  expect(holds(text("StringIn"), ["web"], false)).toBe(false);
  expect(holds(notText("StringNotIn"), ["web"], false)).toBe(true);
});
