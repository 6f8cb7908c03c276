import fc from "fast-check";
import { expect, test } from "vitest";
import { givenProtectedVm, POLL } from "../given.ts";
import { diskId, GROUP } from "../names.ts";
import { type Arm, azuriteOfThisFile } from "../scene.ts";
import { lastBytes } from "./page-lists.ts";
import { blobOf, DATA_DISK, PAGE, sasOfNewPoint, writeDisk } from "./sas.ts";

const start = azuriteOfThisFile();

/** Only the first of the disk are used. */
const PAGES = 24;

const first = fc.nat(PAGES - 1);
const count = fc.integer({ min: 1, max: 6 });
/** What happens to a disk, in any order. */
const life = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ write: first, count }) },
    { weight: 2, arbitrary: fc.record({ clear: first, count }) },
    { weight: 3, arbitrary: fc.constant("take a point" as const) },
    { weight: 1, arbitrary: fc.record({ deletePoint: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ growByGB: fc.integer({ min: 1, max: 2 }) }) },
  ),
  { minLength: 8, maxLength: 24 },
);
type Step = typeof life extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

interface Point {
  readonly name: string;
  readonly sas: string;
  readonly disk: string;
  /** What the disk held when it was taken. */
  readonly content: Buffer;
}

interface Life {
  readonly arm: Arm;
  /** What the disk holds. */
  readonly content: Buffer;
  readonly points: Point[];
}

/** In bytes. */
const end = (from: number, pages: number): number => Math.min(from + pages, PAGES) * PAGE;

async function live({ arm, content, points }: Life, step: Step, name: string): Promise<void> {
  const { bytes, state } = arm.emulator.emulator;
  if (step === "take a point") {
    const sas = await sasOfNewPoint(arm, name);
    const access = state.accesses.find(({ id }) => id.includes(`/${name}/`));
    const disk = access?.id.split("/").at(-1) ?? "";
    points.push({ name, sas, disk, content: Buffer.from(content) });
  } else if ("write" in step) {
    const [from, to] = [step.write * PAGE, end(step.write, step.count)];
    content.fill(`${name}, `, from, to);
    await writeDisk(arm, from, content.subarray(from, to));
  } else if ("clear" in step) {
    const [from, to] = [step.clear * PAGE, end(step.clear, step.count)];
    content.fill(0, from, to);
    const disk = state.disks.get(diskId(DATA_DISK));
    if (disk) await bytes.clear(disk, from, to - from);
  } else if ("growByGB" in step) {
    const { diskSizeGB = 0 } = await arm.client.disks.get(GROUP, DATA_DISK);
    const grown = { diskSizeGB: diskSizeGB + step.growByGB };
    await arm.client.disks.update(GROUP, DATA_DISK, grown, POLL);
  } else {
    await Promise.all(points.splice(step.deletePoint, 1).map((point) => remove(arm, point)));
  }
}

async function remove({ client }: Arm, { name, disk }: Point): Promise<void> {
  await client.diskRestorePoint.revokeAccess(GROUP, "web-01-rpc", name, disk, POLL);
  await client.restorePoints.delete(GROUP, "web-01-rpc", name, POLL);
}

/** What a backup holds that has `older`, once it has read what changed up to `newer`. */
async function broughtUpToDate(older: Point, newer: Point): Promise<Buffer> {
  const blob = blobOf(newer.sas);
  const kept = Buffer.from(older.content);
  const size = PAGES * PAGE;
  const { pageRange, clearRange } = await blob.getPageRangesDiffForManagedDisks(0, size, older.sas);
  for (const [from = 0, to = 0] of lastBytes(pageRange) ?? []) {
    (await blob.downloadToBuffer(from, to + 1 - from)).copy(kept, from);
  }
  for (const [from = 0, to = 0] of lastBytes(clearRange) ?? []) kept.fill(0, from, to + 1);
  return kept;
}

test("whatever happens to a disk, every restore point has its bytes, in full and by differences", async () => {
  await fc.assert(
    fc.asyncProperty(life, async (steps) => {
      const arm = await start({ throttlingFactor: 0, activeSasPerFamily: 30 });
      await givenProtectedVm(arm);
      const points: Point[] = [];
      const content = Buffer.alloc(PAGES * PAGE);
      for (const [index, step] of steps.entries()) {
        await live({ arm, content, points }, step, `rp-${index}`);
      }
      for (const [index, newer] of points.entries()) {
        const whole = await blobOf(newer.sas).downloadToBuffer(0, PAGES * PAGE);
        expect(whole.equals(newer.content)).toBe(true);
        for (const older of points.slice(0, index)) {
          expect((await broughtUpToDate(older, newer)).equals(newer.content)).toBe(true);
        }
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 60_000);
