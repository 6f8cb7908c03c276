import { describe, expect, test } from "vitest";
import { waitAfterError, waitBeforeLook } from "../../../src/lib/operations/backoff.ts";

describe("waiting", () => {
  test.each([
    [1, 2000],
    [2, 4000],
    [5, 32_000],
    [6, 60_000],
    [7, 60_000],
    [1000, 60_000],
  ])("after look or error %i is %i ms", (number, milliseconds) => {
    expect(waitBeforeLook(number)).toBe(milliseconds);
    expect(waitAfterError(number)).toBe(milliseconds);
  });

  test.each([
    [1, 0, 2000],
    [1, 1500, 2000],
    [1, 15_000, 15_000],
    [9, 15_000, 60_000],
    [9, 600_000, 600_000],
  ])("for look %i with Retry-After %i ms is %i ms", (look, retryAfterMs, milliseconds) => {
    expect(waitBeforeLook(look, retryAfterMs)).toBe(milliseconds);
  });
});
