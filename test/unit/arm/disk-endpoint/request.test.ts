import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { pagesOf, rangeOf } from "../../../../local/arm/disk-endpoint/request.ts";

const SIZE = 4096;

const asking = (headers: Record<string, string>): IncomingMessage =>
  Object.assign(new IncomingMessage(new Socket()), { headers });

test.each([
  ["bytes=0-0", { start: 0, end: 1 }],
  ["bytes=0-511", { start: 0, end: 512 }],
  ["bytes=700-", { start: 700, end: SIZE }],
  ["bytes=4095-4095", { start: 4095, end: SIZE }],
  ["bytes=4000-9999", { start: 4000, end: SIZE }],
  [`bytes=1-${"9".repeat(400)}`, { start: 1, end: SIZE }],
])("%s is a part of the blob, cut at its end", (range, part) => {
  expect(rangeOf(asking({ range }), SIZE)).toEqual(part);
  expect(rangeOf(asking({ "x-ms-range": range }), SIZE)).toEqual(part);
});

test.each(["bytes=4096-", "bytes=4096-5000", "bytes=10-9", `bytes=${"9".repeat(400)}-`])(
  "%s is no part of the blob",
  (range) => {
    const refusal = expect.objectContaining({ status: 416, code: "InvalidRange" });
    expect(() => rangeOf(asking({ range }), SIZE)).toThrow(refusal);
  },
);

test.each(["", "bytes=", "bytes=-5", "bytes=1-2,4-5", "lines=1-2"])(
  "%j is no range: of HTTP's own header it counts as not given, of x-ms-range it is refused",
  (range) => {
    expect(rangeOf(asking({ range }), SIZE)).toBeUndefined();
    const refusal = expect.objectContaining({ status: 400, code: "InvalidHeaderValue" });
    expect(() => rangeOf(asking({ "x-ms-range": range }), SIZE)).toThrow(refusal);
  },
);

test("x-ms-range is stronger than HTTP's own header", () => {
  const both = asking({ range: "bytes=0-0", "x-ms-range": "bytes=1-1" });
  expect(rangeOf(both, SIZE)).toEqual({ start: 1, end: 2 });
});

test("a write is for whole pages within the blob", () => {
  const pages = (range: string) => pagesOf(asking({ "x-ms-range": range }), SIZE);
  expect(pages("bytes=0-511")).toEqual({ start: 0, end: 512 });
  expect(pages("bytes=3584-4095")).toEqual({ start: 3584, end: SIZE });
  const refusal = expect.objectContaining({ status: 416, code: "InvalidPageRange" });
  for (const range of ["0-510", "1-511", "0-", "512-511", "512-0", "4096-4607", "3584-4607"]) {
    expect(() => pages(`bytes=${range}`)).toThrow(refusal);
  }
});

test("a write must say for which pages", () => {
  const refusal = expect.objectContaining({ status: 400, code: "MissingRequiredHeader" });
  expect(() => pagesOf(asking({}), SIZE)).toThrow(refusal);
});
