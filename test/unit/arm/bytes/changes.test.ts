import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { Changes } from "../../../../local/arm/bytes/changes.ts";
import type { Range } from "../../../../local/arm/bytes/ranges.ts";
import { Journal } from "../../../../local/arm/state/journal.ts";

const PAGE = 512;
const pages = (first: number, count = 1): Range => ({
  start: first * PAGE,
  end: (first + count) * PAGE,
});
const pagesIn = (ranges: readonly Range[]): number[] =>
  ranges.flatMap(({ start, end }) =>
    Array.from({ length: (end - start) / PAGE }, (_, index) => start / PAGE + index),
  );

const given = () => {
  const journal = new Journal();
  return { journal, changes: new Changes(journal) };
};

/** The same, from what the journal of the other says. */
function readAgain(journal: Journal): Changes {
  const again = given();
  for (const line of journal.dump()) again.journal.apply(line);
  return again.changes;
}

test("a restore point's first increment is everything, each next one what changed", () => {
  const { changes } = given();
  changes.changed("disk", [pages(0, 4)]);
  const first = changes.close("disk");
  changes.changed("disk", [pages(2)]);
  changes.changed("disk", [pages(9)]);
  const second = changes.close("disk");
  const third = changes.close("disk");
  expect(changes.between("disk", 0, first)).toEqual([pages(0, 4)]);
  expect(changes.between("disk", first, second)).toEqual([pages(2), pages(9)]);
  expect(changes.between("disk", second, third)).toEqual([]);
});

test("restore points of a disk that was never written to hold nothing", () => {
  const { changes } = given();
  const empty = changes.close("disk");
  expect(changes.close("disk")).toBe(empty);
  changes.changed("disk", [pages(3)]);
  expect(changes.between("disk", empty, changes.close("disk"))).toEqual([pages(3)]);
});

test("the changes of a restore point that is gone count for the next one", () => {
  const { changes } = given();
  changes.changed("disk", [pages(0)]);
  const first = changes.close("disk");
  changes.changed("disk", [pages(1)]);
  const second = changes.close("disk");
  changes.changed("disk", [pages(2)]);
  changes.forget("disk", second);
  expect(changes.between("disk", first, changes.close("disk"))).toEqual([pages(1, 2)]);
});

test("a disk has points until the last one is gone", () => {
  const { changes } = given();
  changes.changed("disk", [pages(0)]);
  expect(changes.hasPoints("disk")).toBe(false);
  const epoch = changes.close("disk");
  expect(changes.hasPoints("disk")).toBe(true);
  changes.forget("disk", epoch);
  expect(changes.hasPoints("disk")).toBe(false);
});

test("disks do not mix, and one that is dropped leaves nothing", () => {
  const { journal, changes } = given();
  changes.changed("one", [pages(0)]);
  changes.changed("other", [pages(5)]);
  changes.drop("one");
  expect(changes.between("one", 0, 9)).toEqual([]);
  expect(changes.between("other", 0, 9)).toEqual([pages(5)]);
  changes.drop("other");
  expect([...journal.dump()]).toEqual([]);
});

/** A random life of a disk: pages are written, points taken and deleted. */
const life = fc.array(
  fc.oneof(
    fc.record({ write: fc.nat(30), count: fc.integer({ min: 1, max: 5 }) }),
    fc.constant("take a point" as const),
    fc.record({ deletePoint: fc.nat(5) }),
  ),
  { maxLength: 40 },
);

interface Lived {
  readonly journal: Journal;
  readonly changes: Changes;
  readonly writes: readonly Range[];
  /** Those that are left, and how many writes came before each. */
  readonly points: readonly { readonly epoch: number; readonly after: number }[];
}

function lived(steps: typeof life extends fc.Arbitrary<infer T> ? T : never): Lived {
  const { journal, changes } = given();
  const writes: Range[] = [];
  const points: { epoch: number; after: number }[] = [];
  for (const step of steps) {
    if (step === "take a point") {
      points.push({ epoch: changes.close("disk"), after: writes.length });
    } else if ("write" in step) {
      writes.push(pages(step.write, step.count));
      changes.changed("disk", writes.slice(-1));
    } else {
      for (const { epoch } of points.splice(step.deletePoint, 1)) changes.forget("disk", epoch);
    }
  }
  return { journal, changes, writes, points };
}

test("whatever points are deleted, two that are left differ by what was written between them", () => {
  fc.assert(
    fc.property(life, (steps) => {
      const { journal, changes, writes, points } = lived(steps);
      const again = readAgain(journal);
      const pairs = [{ epoch: 0, after: 0 }, ...points].flatMap((older, index) =>
        points.slice(index).map((newer) => ({ older, newer })),
      );
      for (const { older, newer } of pairs) {
        const written = new Set(pagesIn(writes.slice(older.after, newer.after)));
        const expected = [...written].sort((one, other) => one - other);
        for (const known of [changes, again]) {
          const found = known.between("disk", older.epoch, newer.epoch);
          expect(pagesIn(found)).toEqual(expected);
        }
      }
    }),
  );
});

test("a change is in the journal's file as soon as it is noted, and after a restart", () => {
  const folder = mkdtempSync(join(tmpdir(), "changes-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "state.ndjson");
  const { journal, changes } = given();
  journal.keepIn(file);
  onTestFinished(() => journal.close());
  changes.changed("disk", [pages(1)]);
  changes.close("disk");
  changes.changed("disk", [pages(7)]);
  // A copy of the file is what a kill leaves.
  const left = join(folder, "left.ndjson");
  writeFileSync(left, readFileSync(file));
  const again = given();
  again.journal.keepIn(left);
  onTestFinished(() => again.journal.close());
  expect(again.changes.between("disk", 0, 1)).toEqual([pages(1)]);
  expect(again.changes.between("disk", 1, 2)).toEqual([pages(7)]);
});

test("everything is forgotten by a reset", () => {
  const { journal, changes } = given();
  changes.changed("disk", [pages(0)]);
  changes.close("disk");
  journal.clear();
  expect(changes.hasPoints("disk")).toBe(false);
  expect(changes.between("disk", 0, 9)).toEqual([]);
});
