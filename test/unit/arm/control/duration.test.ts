import { expect, test } from "vitest";
import { durationMs } from "../../../../local/arm/control/duration.ts";

test.each([
  ["PT1S", 1000],
  ["PT0.5S", 500],
  ["PT90M", 5_400_000],
  ["P1DT12H", 129_600_000],
  ["P2W", 1_209_600_000],
])("%s is %i ms", (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

test.each(["", "P", "PT", "P1Y", "P1M", "1H", "PT1H2", "pt1h", "PT-1H", "P1DT"])(
  "%j is no duration",
  (text) => {
    expect(durationMs(text)).toBeUndefined();
  },
);
