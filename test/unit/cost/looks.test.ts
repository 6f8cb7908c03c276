import { expect, test } from "vitest";
import { looksAt } from "../../../tools/cost/looks.ts";

test.each([
  [0, 1],
  [2000, 1],
  [3000, 2],
  [10_000, 3],
  // As `npm run bench:calls` counts them.
  [180_000, 7],
])("an operation of %i ms is looked at %i times", (takes, looks) => {
  expect(looksAt(takes)).toBe(looks);
});

test("looks at a copy come to be ten minutes apart", () => {
  const [hour, fourHours] = [looksAt(3_600_000, 600_000), looksAt(14_400_000, 600_000)];
  expect(fourHours - hour).toBe((3 * 60) / 10);
});
