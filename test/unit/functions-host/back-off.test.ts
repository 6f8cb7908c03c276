import { expect, test } from "vitest";
import { NO_BACK_OFF, nextBackOff } from "../../../local/functions-host/queues/back-off.ts";

const MIDDLE = 0.5;

function idleDelays(random: number, maximumMs: number): number[] {
  let backOff = NO_BACK_OFF;
  return Array.from({ length: 7 }, () => {
    backOff = nextBackOff(backOff, false, maximumMs, random);
    return Math.round(backOff.delayMs);
  });
}

test("an idle queue is asked less and less often, up to the maximum", () => {
  expect(idleDelays(MIDDLE, 2000)).toEqual([100, 200, 300, 500, 900, 1700, 2000]);
});

test.each([
  [0, [100, 180, 260, 420, 740, 1380, 2000]],
  [1, [100, 220, 340, 580, 1060, 2000, 2000]],
])("steps vary by a fifth (random %s)", (random, delays) => {
  expect(idleDelays(random, 2000)).toEqual(delays);
});

test("a message brings the back-off to its beginning", () => {
  const deep = { delayMs: 2000, steps: 6 };
  const afterMessage = nextBackOff(deep, true, 2000, MIDDLE);
  expect(afterMessage.delayMs).toBe(100);
  expect(nextBackOff(afterMessage, false, 2000, MIDDLE).delayMs).toBe(200);
});

test("a maximum below the minimum wins", () => {
  expect(idleDelays(MIDDLE, 50)[0]).toBe(50);
});
