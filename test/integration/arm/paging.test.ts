import fc from "fast-check";
import { expect, test } from "vitest";
import { computePath, diskId, LOCATION, networkInterfaceId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const DISK = {
  location: LOCATION,
  properties: { creationData: { createOption: "Empty" }, diskSizeGB: 1 },
};

const nameOf = (index: number): string => `disk-${`${index}`.padStart(4, "0")}`;

interface Page {
  readonly value: readonly { readonly name: string }[];
  readonly nextLink?: string;
}

const makeDisks = async ({ ask }: Arm, names: readonly string[]) => {
  await Promise.all(names.map((name) => ask("PUT", diskId(name), { body: DISK })));
};

const page = async ({ ask }: Arm, path: string): Promise<Page> =>
  (await ask("GET", path)).body as Page;

/** Of all pages; `between` happens after the first. */
async function namesOverPages(arm: Arm, path: string, between: () => Promise<void>) {
  let last = await page(arm, path);
  const pages = [last];
  await between();
  while (last.nextLink !== undefined) {
    last = await page(arm, last.nextLink);
    pages.push(last);
  }
  return pages.map(({ value }) => value.map(({ name }) => name));
}

test("pages neither repeat nor lose what stays, whatever is made or deleted between them", async () => {
  const arm = await start({ throttlingFactor: 0, diskWriteMs: 0 });
  const names = Array.from({ length: 250 }, (_, index) => nameOf(2 * index));
  await makeDisks(arm, names);
  const { operations, state } = arm.emulator.emulator;
  await operations.idle();
  const index = fc.integer({ min: 0, max: 499 });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(index), fc.uniqueArray(index), async (made, deleted) => {
      const before = state.disks.all();
      const pages = await namesOverPages(arm, computePath("disks"), async () => {
        await makeDisks(arm, made.filter((each) => each % 2 === 1).map(nameOf));
        await Promise.all(deleted.map((each) => arm.ask("DELETE", diskId(nameOf(each)))));
        await operations.idle();
      });
      const listed = pages.flat();
      expect(new Set(listed).size).toBe(listed.length);
      expect(listed).toEqual(listed.toSorted());
      const stayed = before.filter(({ id }) => state.disks.get(id)).map(({ name }) => name);
      expect(listed).toEqual(expect.arrayContaining(stayed));
      for (const { id } of state.disks.all()) state.disks.delete(id);
      await makeDisks(arm, names);
      await operations.idle();
    }),
    { numRuns: 5 },
  );
});

test("a page has a hundred, and the last one no nextLink", async () => {
  const arm = await start({ throttlingFactor: 0 });
  const ask = (name: string) =>
    arm.ask("PUT", networkInterfaceId(name), {
      body: {
        location: LOCATION,
        properties: { ipConfigurations: [{ name: "one", properties: {} }] },
      },
    });
  await Promise.all(Array.from({ length: 200 }, (_, index) => ask(`nic-${index}`)));
  const path = networkInterfaceId("").replace(/\/$/, "");
  const pages = await namesOverPages(arm, path, async () => {});
  expect(pages.map((each) => each.length)).toEqual([100, 100]);
});

test("a page that begins after what was deleted goes on behind it", async () => {
  const arm = await start({ throttlingFactor: 0, diskWriteMs: 0 });
  const names = Array.from({ length: 120 }, (_, index) => nameOf(index));
  await makeDisks(arm, names);
  await arm.emulator.emulator.operations.idle();
  const [first, second] = await namesOverPages(arm, computePath("disks"), async () => {
    await arm.ask("DELETE", diskId(nameOf(99)));
    await arm.emulator.emulator.operations.idle();
  });
  expect(first).toEqual(names.slice(0, 100));
  expect(second).toEqual(names.slice(100));
});

test("a token that is not from a list is no reason to fail", async () => {
  const arm = await start();
  for (const token of ["", "nope", "%00", "../../.."]) {
    const query = `?api-version=2026-03-02&$skipToken=${encodeURIComponent(token)}`;
    expect((await arm.ask("GET", computePath("disks"), { query })).status).toBeLessThan(500);
  }
});
