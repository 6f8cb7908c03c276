/** What callers send who mean harm, or whose code is wrong. */
import * as fc from "fast-check";
import { continuationAt } from "../../src/lib/api/place.ts";

const NASTY_TEXTS = [
  ...[
    "",
    " ",
    "\0",
    "a\0b",
    "\r\nSet-Cookie: a=b",
    "\u202egpj.exe",
    "\ufeff",
    "é",
    "e\u0301",
    "💾",
  ],
  ...["' or 1 eq 1", "' or PartitionKey ne '", "'; drop table vms; --", "*", "a,b", '"', "\\"],
  ...["../..", "..%2f..%2f", "%00", "%", "%ff", "/", "#", "?", "a/b", "~", "~~", "a~b~c~d"],
  ...["__proto__", "constructor", "toString", "NaN", "null", "undefined", "-1", "1e999", "0x10"],
  ...["\ud800", "a\udc00b", "<script>alert(1)</script>", "{{7*7}}", "P1D", "P99999999999Y"],
  ...["2026-02-30T00:00:00Z", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"],
];

export const nastyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
  // Longer than a key, than a column, and than a row of Table Storage may be.
  { weight: 1, arbitrary: fc.constantFrom(600, 5000, 40_000).map((length) => "x".repeat(length)) },
);

/** As they look, of places that no list has been at. */
export const nastyContinuation: fc.Arbitrary<string> = fc.oneof(
  nastyText,
  fc.tuple(nastyText, fc.option(nastyText, { nil: undefined })).map(([partition, row]) =>
    // As JSON it holds also what is no text.
    continuationAt({ partition, row }),
  ),
);

/** JSON as text. Levels beyond what a stack holds fit into a body. */
const deep = fc
  .constantFrom(50, 3000, 60_000)
  .chain((depth) =>
    fc.constantFrom(
      "[".repeat(depth) + "]".repeat(depth),
      `${'{"a":'.repeat(depth / 3)}1${"}".repeat(depth / 3)}`,
    ),
  );

export const nastyJson: fc.Arbitrary<string> = fc.oneof(
  nastyText.map((text) => JSON.stringify(text)),
  fc.constantFrom(
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1e400",
    "9007199254740993",
    "[]",
    "{}",
    "[{}]",
  ),
  fc.constantFrom('{"__proto__":{"a":1}}', '{"constructor":{"prototype":1}}', "[null]", '[""]'),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  deep,
  fc.constantFrom(300, 20_000).map((length) => JSON.stringify(Array(length).fill("a"))),
);

/** Headers hold no line ends and nothing beyond Latin-1, or no server would take them for a request. */
export const nastyHeader: fc.Arbitrary<string> = nastyText.map((text) =>
  text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?").trim(),
);
