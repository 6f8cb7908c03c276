/** Pages of a list, on every kind of table: the places they go on from, whatever changes meanwhile. */
import { beforeEach, describe, expect, test } from "vitest";
import { type ListPage, listPage } from "../../src/lib/api/page.ts";
import { type EntityTable, type KeyRange, partition } from "../../src/lib/state/entity-table.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";
import { key, type Thing, tablesOfThings, thing } from "./things.ts";

const storage = storageOfThisFile();

describe.each(tablesOfThings)("a list of a table %s", (_kind, create) => {
  let table: EntityTable<Thing>;
  beforeEach(async () => {
    table = create(storage().connectionString);
    for (const group of ["f", "größe", "h"]) {
      for (const name of ["a", "b~é", "b~漢", "c", "shop's"])
        await table.insert(thing(name, { group }));
    }
  });

  async function pageThrough(
    ranges: readonly KeyRange[],
    top: number,
    between: (page: number) => Promise<unknown> = async () => undefined,
  ) {
    const seen: string[] = [];
    let link: string | undefined = "https://app.test/api/things";
    for (let page = 1; link !== undefined; page++) {
      const url: URL = new URL(link);
      const continuation = url.searchParams.get("continuation") ?? undefined;
      const query = { top, continuation };
      const nameOf = ({ group, name }: Thing) => `${group}/${name}`;
      const answer: ListPage<string> = await listPage(table, ranges, { url, query }, nameOf);
      seen.push(...answer.value);
      await between(page);
      link = answer.nextLink;
    }
    return seen;
  }

  const all = ["f", "größe", "h"].flatMap((group) =>
    ["a", "b~é", "b~漢", "c", "shop's"].map((name) => `${group}/${name}`),
  );

  test.each([1, 2, 4, 15, 20])("in pages of %i shows everything once, in order", async (top) => {
    expect(await pageThrough([{}], top)).toEqual(all);
  });

  test.each([1, 2, 5])(
    "in pages of %i shows ranges of it, and nothing between them",
    async (top) => {
      const ranges = [
        { ...partition("f"), rowFrom: "b~", rowTo: "b\u00a0" },
        partition("g"),
        { ...partition("größe"), rowFrom: "c", rowTo: "c" },
        { ...partition("h"), rowFrom: "shop's" },
      ];
      expect(await pageThrough(ranges, top)).toEqual(["f/b~é", "f/b~漢", "größe/c", "h/shop's"]);
    },
  );

  test("shows what stays once, while other things come and go", async () => {
    const seen = await pageThrough([{}], 2, async (page) => {
      await table.upsert(thing(`b~${page}`, { group: "größe" }));
      await table.remove(key("a", "f"));
      await table.remove(key("c", page < 3 ? "f" : "h"));
      await table.upsert(thing("b~漢", { group: "größe", count: page }));
    });
    const stayed = all.filter((name) => !["f/a", "f/c", "h/c"].includes(name));
    expect(seen).toEqual(expect.arrayContaining(stayed));
    expect(seen).toEqual([...new Set(seen)]);
  });
});
