import fc from "fast-check";
import { expect, test } from "vitest";
import { MINUTE, throttled } from "./calls.ts";

const put = { operation: "putVirtualMachine" } as const;
const crash = { mode: "CrashConsistent" } as const;

/** When each call is made: some at once, some minutes later. */
const pauses = (longestMs: number) =>
  fc.array(
    fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: longestMs })),
    { maxLength: 200 },
  );

test("no more is accepted than was there and has been refilled, and Retry-After is true", () => {
  const factors = fc.constantFrom(0.3, 1, 2.5);
  const property = fc.property(pauses(3 * MINUTE), factors, (waits, throttlingFactor) => {
    const { call } = throttled({ throttlingFactor });
    let now = 0;
    for (const [accepted, pause] of waits.entries()) {
      now += pause;
      const { status, wait = 0 } = call(put, now);
      if (status === 429) {
        now += wait * 1000;
        expect(call(put, now).status).toBe(200);
      }
      const refilled = 4 * throttlingFactor * Math.floor(now / MINUTE);
      expect(accepted + 1).toBeLessThanOrEqual(12 * throttlingFactor + refilled + 1e-3);
    }
  });
  fc.assert(property);
});

test("no hour has more than three restore points of a VM and mode", () => {
  const property = fc.property(pauses(30 * MINUTE), (waits) => {
    const { call } = throttled();
    const made: number[] = [];
    let now = 0;
    for (const pause of waits) {
      now += pause;
      if (call(crash, now).status === 200) made.push(now);
    }
    for (const [index, at] of made.entries()) {
      expect(at - (made[index - 3] ?? at - 60 * MINUTE)).toBeGreaterThanOrEqual(60 * MINUTE);
    }
  });
  fc.assert(property);
});
