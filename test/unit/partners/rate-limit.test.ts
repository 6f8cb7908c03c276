import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRateLimit, type RateLimit } from "../../../src/lib/partners/rate-limit.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";

const START = Date.parse("2026-01-31T10:00:00.000Z");
const allowed = { kind: "allowed" };
const limited = (retryAfterMs: number) => ({ kind: "limited", retryAfterMs });

/** Asks so many milliseconds after the start. */
const asking =
  (limit: RateLimit, requestsPerMinute: number, burst: number, id = PARTNER_ID) =>
  (at: number) =>
    limit.take(partner({ id, rateLimit: { requestsPerMinute, burst } }), new Date(START + at));

describe("a partner", () => {
  test("may send a burst at once, then one request for each that its rate lets in", () => {
    const ask = asking(createRateLimit(), 60, 3);
    expect([ask(0), ask(0), ask(0)]).toEqual([allowed, allowed, allowed]);
    expect(ask(0)).toEqual(limited(1000));
    expect(ask(400)).toEqual(limited(600));
    expect([ask(1000), ask(1000)]).toEqual([allowed, limited(1000)]);
  });

  test("never saves up more than a burst", () => {
    const ask = asking(createRateLimit(), 60, 2);
    ask(0);
    expect([1, 2, 3].map(() => ask(3_600_000).kind)).toEqual(["allowed", "allowed", "limited"]);
  });

  test("uses up nobody else's requests", () => {
    const limit = createRateLimit();
    const [ask, other] = [asking(limit, 1, 1), asking(limit, 1, 1, "another")];
    expect([ask(0), other(0), ask(0)]).toMatchObject([allowed, allowed, { kind: "limited" }]);
  });

  test("whose record has changed has the new limits at its next request", () => {
    const limit = createRateLimit();
    const [before, lower, higher] = [
      asking(limit, 60, 10),
      asking(limit, 60, 2),
      asking(limit, 600, 10),
    ];
    before(0);
    expect([lower(0), lower(0), lower(0)]).toEqual([allowed, allowed, limited(1000)]);
    expect([higher(0), higher(100), higher(100)]).toEqual([limited(100), allowed, limited(100)]);
  });

  test("does not wait for a clock that was set back to catch up", () => {
    const ask = asking(createRateLimit(), 60, 1);
    ask(3_600_000);
    expect([ask(0), ask(1000)]).toEqual([limited(1000), allowed]);
  });

  test("who asked for nothing the longest is forgotten when there are too many", () => {
    const limit = createRateLimit(2);
    const [one, two, three] = ["one", "two", "three"].map((id) => asking(limit, 1, 1, id));
    expect([one?.(0), two?.(0)]).toEqual([allowed, allowed]);
    expect(one?.(1)).toMatchObject({ kind: "limited" });
    expect(three?.(1)).toEqual(allowed);
    expect(one?.(1)).toMatchObject({ kind: "limited" });
    expect(two?.(1)).toEqual(allowed);
  });
});

const anyLimit = fc.record({
  requestsPerMinute: fc.integer({ min: 1, max: 6000 }),
  burst: fc.integer({ min: 1, max: 1000 }),
});
/** Milliseconds between one request and the next; most come at once. */
const anyWaits = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 0, max: 100_000 }),
  ),
  { minLength: 1, maxLength: 300 },
);

describe("whatever the limits, and whenever requests come", () => {
  test("no stretch of time has more of them than a burst and what the rate lets in", () => {
    fc.assert(
      fc.property(anyLimit, anyWaits, ({ requestsPerMinute, burst }, waits) => {
        const ask = asking(createRateLimit(), requestsPerMinute, burst);
        const times: number[] = [];
        let at = 0;
        for (const wait of waits) {
          at += wait;
          if (ask(at).kind === "allowed") times.push(at);
        }
        for (const [first, from] of times.entries()) {
          for (const [more, to] of times.slice(first).entries()) {
            const most = burst + ((to - from) * requestsPerMinute) / 60_000;
            expect(more + 1).toBeLessThanOrEqual(most);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("whoever waits as long as was said is let in, and not a millisecond too late", () => {
    fc.assert(
      fc.property(anyLimit, anyWaits, ({ requestsPerMinute, burst }, waits) => {
        const ask = asking(createRateLimit(), requestsPerMinute, burst);
        let at = 0;
        for (const wait of waits) {
          at += wait;
          const taken = ask(at);
          if (taken.kind === "allowed") continue;
          expect(taken.retryAfterMs).toBeGreaterThan(0);
          expect(taken.retryAfterMs).toBeLessThanOrEqual(Math.ceil(60_000 / requestsPerMinute));
          const early = ask(at + taken.retryAfterMs - 1);
          expect(early).toEqual(limited(1));
          at += taken.retryAfterMs;
          expect(ask(at)).toEqual(allowed);
        }
      }),
    );
  });
});
