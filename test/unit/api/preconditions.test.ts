import { expect, test } from "vitest";
import { allows, preconditionsOf } from "../../../src/lib/api/preconditions.ts";

test.each([
  [null, null, '"1"', true],
  [null, null, undefined, true],
  ['"1"', null, '"1"', true],
  ['"1"', null, '"2"', false],
  ['"1"', null, undefined, false],
  ['"2", "1"', null, '"1"', true],
  // A weak ETag does not say that the resource is the same byte for byte.
  ['W/"1"', null, '"1"', false],
  ["1", null, '"1"', false],
  ["", null, '"1"', false],
  ["*", null, '"1"', true],
  ["*", null, undefined, false],
  [null, "*", '"1"', false],
  [null, "*", undefined, true],
  [null, '"1"', '"1"', false],
  [null, '"1"', '"2"', true],
  ["*", "*", '"1"', false],
] as const)(
  "If-Match %s and If-None-Match %s on %s: %s",
  (ifMatch, ifNoneMatch, etag, expected) => {
    expect(allows({ ifMatch, ifNoneMatch }, etag)).toBe(expected);
  },
);

test("an If-Match of more than 1000 characters is refused", () => {
  const asked = (length: number) => () =>
    preconditionsOf(new Headers({ "If-Match": `"${"a".repeat(length - 2)}"` }));
  expect(asked(1000)().ifMatch).toHaveLength(1000);
  expect(asked(1001)).toThrow(
    expect.objectContaining({ status: 400, code: "InvalidHeader", target: "If-Match" }),
  );
});
