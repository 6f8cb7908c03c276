/** What every `EntityTable` keeps to about single records. */
import { beforeEach, describe, expect, test } from "vitest";
import type { EntityTable } from "../../src/lib/state/entity-table.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";
import { key, type Thing, tablesOfThings, thing } from "./things.ts";

const storage = storageOfThisFile();

describe.each(tablesOfThings)("a table %s", (_kind, create) => {
  let table: EntityTable<Thing>;
  beforeEach(() => {
    table = create(storage().connectionString);
  });

  const insert = async (record: Thing) => {
    const stored = await table.insert(record);
    if (stored === "exists") throw new Error(`${record.name} is there already.`);
    return stored;
  };
  describe("that nothing was ever written to", () => {
    test("has no record, lists none, and removes none", async () => {
      expect(await table.get(key("a"))).toBeUndefined();
      expect(await table.list({}, { size: 10 })).toEqual({ records: [] });
      await table.remove(key("a"));
    });

    test("has nothing to replace", async () => {
      expect(await table.replace(thing("a"), 'W/"1"')).toBe("conflict");
    });

    test("takes its first record by upsert", async () => {
      await table.upsert(thing("a"));
      expect((await table.get(key("a")))?.record).toEqual(thing("a"));
    });

    test("takes many first records at once", async () => {
      await Promise.all(["a", "b", "c", "d"].map((name) => table.upsert(thing(name))));
      const { records } = await table.list({}, { size: 10 });
      expect(records.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    });
  });

  describe("a record", () => {
    test.each([
      ["plain", thing("a")],
      ["with what is optional", thing("a", { note: "n" })],
      ["with other scripts, quotes and line breaks", thing("ä 'b' \"c\"", { note: "漢\n'\"\\" })],
      ["with a number that is no integer", thing("a", { count: -1.25 })],
      ["with a large number", thing("a", { count: 2 ** 40 })],
      ["with empty values", thing("a", { list: [], note: "" })],
      ["with a long list", thing("a", { list: Array.from({ length: 2000 }, (_, n) => `${n}`) })],
    ])("%s comes back as it was written", async (_what, record) => {
      const inserted = await insert(record);
      expect(inserted.record).toEqual(record);
      expect(await table.get(key(record.name))).toEqual({ record, etag: inserted.etag });
    });

    test("is inserted once", async () => {
      await insert(thing("a"));
      expect(await table.insert(thing("a", { count: 2 }))).toBe("exists");
      expect((await table.get(key("a")))?.record.count).toBe(1);
    });

    test("is inserted once, also by many at once", async () => {
      await insert(thing("z"));
      const tries = [1, 2, 3, 4].map((count) => table.insert(thing("a", { count })));
      const outcomes = await Promise.all(tries);
      expect(outcomes.filter((outcome) => outcome === "exists")).toHaveLength(3);
    });

    test("that is replaced loses what the new one does not have", async () => {
      const { etag } = await insert(thing("a", { note: "n" }));
      await table.replace(thing("a", { count: 2 }), etag);
      expect((await table.get(key("a")))?.record).toEqual(thing("a", { count: 2 }));
    });

    test("that is upserted loses what the new one does not have", async () => {
      await insert(thing("a", { note: "n" }));
      await table.upsert(thing("a", { count: 2 }));
      expect((await table.get(key("a")))?.record).toEqual(thing("a", { count: 2 }));
    });

    test("is gone when removed, may be removed again, and be inserted again", async () => {
      await insert(thing("a"));
      await table.remove(key("a"));
      await table.remove(key("a"));
      expect(await table.get(key("a"))).toBeUndefined();
      await insert(thing("a"));
    });
  });

  describe("compare-and-set", () => {
    test("gives a new ETag with each write", async () => {
      const first = await insert(thing("a"));
      const second = await table.replace(thing("a", { count: 2 }), first.etag);
      expect(second).toEqual(await table.get(key("a")));
      expect(second).not.toMatchObject({ etag: first.etag });
      expect(await table.replace(thing("a", { count: 3 }), first.etag)).toBe("conflict");
      expect((await table.get(key("a")))?.record.count).toBe(2);
    });

    test("lets one of many writers win", async () => {
      const { etag } = await insert(thing("a"));
      const writers = [2, 3, 4, 5].map((count) => table.replace(thing("a", { count }), etag));
      const outcomes = await Promise.all(writers);
      expect(outcomes.filter((outcome) => outcome === "conflict")).toHaveLength(3);
      const [winner] = outcomes.filter((outcome) => outcome !== "conflict");
      expect(await table.get(key("a"))).toEqual(winner);
    });

    test("loses against an upsert in between", async () => {
      const { etag } = await insert(thing("a"));
      await table.upsert(thing("a"));
      expect(await table.replace(thing("a"), etag)).toBe("conflict");
    });

    test("removes what is as it was, and leaves what has changed since", async () => {
      const first = await insert(thing("a"));
      await table.replace(thing("a", { count: 2 }), first.etag);
      await table.remove(key("a"), first.etag);
      const second = await table.get(key("a"));
      expect(second?.record.count).toBe(2);
      await table.remove(key("a"), second?.etag);
      expect(await table.get(key("a"))).toBeUndefined();
      await table.remove(key("a"), second?.etag);
    });

    test("loses against a removal, also when it was inserted again", async () => {
      const { etag } = await insert(thing("a"));
      await table.remove(key("a"));
      expect(await table.replace(thing("a"), etag)).toBe("conflict");
      await insert(thing("a"));
      expect(await table.replace(thing("a"), etag)).toBe("conflict");
    });
  });
});
