import { expect, test } from "vitest";
import { RemainingCalls } from "../../../local/arm/http/remaining-calls.ts";

const READS = "x-ms-ratelimit-remaining-subscription-reads";
const WRITES = "x-ms-ratelimit-remaining-subscription-writes";
const DELETES = "x-ms-ratelimit-remaining-subscription-deletes";

test.each([
  ["GET", { [READS]: "249" }],
  ["PUT", { [WRITES]: "199" }],
  ["PATCH", { [WRITES]: "199" }],
  ["POST", { [WRITES]: "199" }],
  ["DELETE", { [DELETES]: "199" }],
])("%s takes from its own bucket", (method, header) => {
  const calls = new RemainingCalls();
  if (method !== "GET") calls.take("GET", 0);
  expect(calls.take(method, 0)).toEqual(header);
});

test("a bucket fills again over time, but never over its edge", () => {
  const calls = new RemainingCalls();
  for (let call = 0; call < 100; call += 1) calls.take("GET", 0);
  expect(calls.take("GET", 0)).toEqual({ [READS]: "149" });
  expect(calls.take("GET", 1000)).toEqual({ [READS]: "173" });
  expect(calls.take("GET", 60_000)).toEqual({ [READS]: "249" });
});

test("an empty bucket stays empty, and is not below", () => {
  const calls = new RemainingCalls();
  for (let call = 0; call < 200; call += 1) calls.take("DELETE", 0);
  expect(calls.take("DELETE", 0)).toEqual({ [DELETES]: "0" });
  expect(calls.take("DELETE", 100)).toEqual({ [DELETES]: "0" });
  expect(calls.take("DELETE", 300)).toEqual({ [DELETES]: "1" });
});
