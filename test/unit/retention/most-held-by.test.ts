import { expect, test } from "vitest";
import { decideRetention } from "../../../src/lib/retention/decide-retention.ts";
import { mostHeldBy } from "../../../src/lib/retention/most-held-by.ts";
import { claim, DAY, HOUR, rule, series } from "./deciding.ts";

test.each<[Record<string, unknown>, number, number]>([
  [{ last: 24 }, HOUR, 24],
  [{ last: 24, daily: 7, weekly: 4 }, HOUR, 35],
  [{ daily: 30, maxAge: "P7D" }, DAY, 7],
  [{ maxAge: "P7D" }, HOUR, 168],
  [{ maxAge: "P1D", floor: 5 }, DAY, 5],
  [{}, HOUR, Number.POSITIVE_INFINITY],
])("%j at one every %i ms holds at most %d", (written, interval, most) => {
  expect(mostHeldBy(rule(written), interval)).toBe(most);
});

test("is never less than what is really held, however long it goes on", () => {
  const written = { last: 5, hourly: 12, daily: 7, weekly: 4, monthly: 6, floor: 3 };
  const claims = [claim(written)];
  let held = series("2026-01-01T00:30:00Z", HOUR, 0);
  for (const [index, point] of series("2026-01-01T00:30:00Z", 6 * HOUR, 800).entries()) {
    held = [...held, point];
    const decisions = decideRetention({ points: held, claims, now: point.at });
    held = held.filter((_, position) => decisions[position]?.keep);
    expect(held.length, `after ${index}`).toBeLessThanOrEqual(mostHeldBy(rule(written), 6 * HOUR));
  }
});
