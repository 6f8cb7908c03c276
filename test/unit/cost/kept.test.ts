import { expect, test } from "vitest";
import { heldGib, keptAges } from "../../../tools/cost/kept.ts";

const HOUR = 1 / 24;

test("the last so many are kept, each as far from the next as they are made", () => {
  expect(keptAges({ last: 3 }, 1)).toEqual([0, 1, 2]);
  expect(keptAges({ last: 3 }, HOUR)).toEqual([0, HOUR, 2 * HOUR]);
});

test("a restore point that several tiers keep is kept once", () => {
  expect(keptAges({ last: 2, daily: 3 }, 1)).toEqual([0, 1, 2]);
  expect(keptAges({ daily: 8, weekly: 2 }, 1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test("a tier finer than the schedule keeps what there is", () => {
  expect(keptAges({ hourly: 3 }, 1)).toEqual([0, 1, 2]);
});

test("the shipped hourly policy keeps a day of hours and a week of days", () => {
  expect(keptAges({ last: 24, daily: 7 }, HOUR)).toHaveLength(24 + 6);
});

test.each([
  { name: "one is whole", ages: [0], expected: 50 },
  { name: "each other holds what has changed since", ages: [0, 1, 3], expected: 50 + 1 + 2 },
  { name: "and never more than all of the disk", ages: [0, 100], expected: 50 + 50 },
])("$name", ({ ages, expected }) => {
  expect(heldGib(ages, 50, 1)).toBe(expected);
});
