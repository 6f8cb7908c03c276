/** What every `EntityTable` keeps to about pages. */
import { beforeEach, describe, expect, test } from "vitest";
import {
  type EntityTable,
  InvalidContinuation,
  partition,
} from "../../src/lib/state/entity-table.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";
import { azureTableOfThings, key, type Thing, tablesOfThings, thing } from "./things.ts";

const storage = storageOfThisFile();

describe.each(tablesOfThings)("a table %s", (_kind, create) => {
  let table: EntityTable<Thing>;
  beforeEach(() => {
    table = create(storage().connectionString);
  });

  const fill = async (...records: Thing[]) => {
    for (const record of records) await table.insert(record);
  };

  describe("paging", () => {
    const names = Array.from({ length: 7 }, (_, number) => `n${number}`);
    const foreign = ["größe~web", "shop's~web", "ÅÄÖ", "漢字"].sort();
    beforeEach(() => fill(...names.map((name) => thing(name)), thing("o", { group: "h" })));

    test.each([1, 3, 7, 8])("in pages of %i sees everything once, in order", async (size) => {
      const seen: string[] = [];
      let continuation: string | undefined;
      do {
        const page = await table.list(partition("g"), { size, continuation });
        expect(page.records.length).toBeLessThanOrEqual(size);
        seen.push(...page.records.map(({ name }) => name));
        continuation = page.continuation;
      } while (continuation !== undefined);
      expect(seen).toEqual(names);
    });

    test.each([1, 2, 3])("in pages of %i goes on from partition to partition", async (size) => {
      await fill(thing("n2", { group: "i" }), thing("n3", { group: "i" }));
      const range = { partitionFrom: "g", partitionTo: "i", rowFrom: "n3", rowTo: "n5" };
      const seen: string[] = [];
      let continuation: string | undefined;
      do {
        const page = await table.list(range, { size, continuation });
        seen.push(...page.records.map(({ group, name }) => `${group}/${name}`));
        continuation = page.continuation;
      } while (continuation !== undefined);
      expect(seen).toEqual(["g/n3", "g/n4", "g/n5", "i/n3"]);
    });

    test("never leaves its range, whatever list the continuation is of", async () => {
      await fill(thing("n1", { group: "a" }), thing("n2", { group: "a" }));
      await fill(thing("p", { group: "h" }));
      for (const other of ["a", "h"]) {
        const { continuation } = await table.list(partition(other), { size: 1 });
        expect(continuation).toBeDefined();
        for (const range of [partition("g"), { partitionFrom: "b", partitionTo: "g" }]) {
          const { records } = await table.list(range, { size: 10, continuation });
          expect(records.filter(({ group }) => group !== "g")).toEqual([]);
        }
      }
    });

    test("tells the key of the last record, and none of a page without any", async () => {
      expect((await table.list(partition("g"), { size: 3 })).last).toEqual(key("n2"));
      expect((await table.list(partition("g"), { size: 20 })).last).toEqual(key("n6"));
      expect((await table.list(partition("e"), { size: 3 })).last).toBeUndefined();
    });

    test("goes on after names of any script", async () => {
      await fill(...foreign.map((name) => thing(name, { group: "i" })));
      const seen: string[] = [];
      let continuation: string | undefined;
      do {
        const page = await table.list(partition("i"), { size: 1, continuation });
        seen.push(...page.records.map(({ name }) => name));
        continuation = page.continuation;
      } while (continuation !== undefined && seen.length <= foreign.length);
      expect(seen).toEqual(foreign);
    });

    test("goes on where it was, whatever was written or removed meanwhile", async () => {
      const first = await table.list(partition("g"), { size: 3 });
      await table.remove(key("n0"));
      await table.remove(key("n3"));
      await table.upsert(thing("n1a"));
      await table.upsert(thing("n4a"));
      const { continuation } = first;
      const rest = await table.list(partition("g"), { size: 10, continuation });
      expect(rest.records.map(({ name }) => name)).toEqual(["n4", "n4a", "n5", "n6"]);
    });

    test.each(["nonsense", "%", "bm9uc2Vuc2U=", btoa("null"), "漢"])(
      "refuses the continuation %j",
      async (continuation) => {
        const listed = table.list(partition("g"), { size: 3, continuation });
        await expect(listed).rejects.toThrow(InvalidContinuation);
      },
    );
  });
});

describe("a later page on Azure Table Storage", () => {
  const secondPage = async () => {
    const table = azureTableOfThings(storage().connectionString);
    await table.insert(thing("a"));
    await table.insert(thing("b"));
    const { continuation } = await table.list({}, { size: 1 });
    return { table, continuation };
  };

  test("that has a row nobody can read is not blamed on its continuation", async () => {
    const { table, continuation } = await secondPage();
    await table.upsert({ ...thing("b"), count: Number.NaN });
    const listed = table.list({}, { size: 1, continuation });
    await expect(listed).rejects.toThrow(/cannot be read/);
  });

  test("that gets no answer is not blamed on its continuation", async () => {
    const { continuation } = await secondPage();
    const nowhere = storage().connectionString.replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:1");
    const listed = azureTableOfThings(nowhere).list({}, { size: 1, continuation });
    await expect(listed).rejects.not.toThrow(InvalidContinuation);
  });
});
