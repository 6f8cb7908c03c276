/** What every `EntityTable` keeps to about ranges of keys. */
import { beforeEach, describe, expect, test } from "vitest";
import {
  below,
  type EntityTable,
  every,
  type KeyRange,
  partition,
} from "../../src/lib/state/entity-table.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";
import { type Thing, tablesOfThings, thing } from "./things.ts";

const storage = storageOfThisFile();

describe.each(tablesOfThings)("a table %s", (_kind, create) => {
  let table: EntityTable<Thing>;
  beforeEach(() => {
    table = create(storage().connectionString);
  });

  const fill = async (...records: Thing[]) => {
    for (const record of records) await table.insert(record);
  };
  const namesIn = async (range: KeyRange) => {
    const names: string[] = [];
    for await (const { group, name } of every(table, range)) names.push(`${group}/${name}`);
    return names;
  };

  describe("a range", () => {
    beforeEach(() =>
      fill(
        ...[thing("b"), thing("a"), thing("B"), thing("10"), thing("9")],
        ...[thing("x", { group: "f" }), thing("x", { group: "g'" }), thing("x", { group: "h" })],
      ),
    );

    test.each<[string, KeyRange, string[]]>([
      [
        "everything, by partition and then row",
        {},
        ["f/x", "g/10", "g/9", "g/B", "g/a", "g/b", "g'/x", "h/x"],
      ],
      ["one partition", partition("g"), ["g/10", "g/9", "g/B", "g/a", "g/b"]],
      ["a partition whose name has a quote", partition("g'"), ["g'/x"]],
      ["a partition that is not there", partition("e"), []],
      [
        "partitions from and to, both included",
        { partitionFrom: "f", partitionTo: "g" },
        ["f/x", "g/10", "g/9", "g/B", "g/a", "g/b"],
      ],
      ["partitions from", { partitionFrom: "g'" }, ["g'/x", "h/x"]],
      ["partitions up to", { partitionTo: "f" }, ["f/x"]],
      [
        "rows from and to, both included",
        { ...partition("g"), rowFrom: "9", rowTo: "a" },
        ["g/9", "g/B", "g/a"],
      ],
      ["rows from", { ...partition("g"), rowFrom: "a" }, ["g/a", "g/b"]],
      ["rows up to", { ...partition("g"), rowTo: "10" }, ["g/10"]],
      ["rows after one", { ...partition("g"), rowAfter: "B" }, ["g/a", "g/b"]],
      [
        "rows after one that is not there, and up to another",
        { ...partition("g"), rowAfter: "A", rowTo: "a" },
        ["g/B", "g/a"],
      ],
      ["partitions after one", { partitionAfter: "g" }, ["g'/x", "h/x"]],
      [
        "partitions after one, up to another",
        { partitionFrom: "f", partitionAfter: "f", partitionTo: "g'" },
        ["g/10", "g/9", "g/B", "g/a", "g/b", "g'/x"],
      ],
      [
        "rows from and to of partitions from and to",
        { partitionFrom: "g", partitionTo: "h", rowFrom: "a", rowTo: "x" },
        ["g/a", "g/b", "g'/x", "h/x"],
      ],
      ["a range the wrong way round", { partitionFrom: "h", partitionTo: "f" }, []],
    ])("lists %s", async (_what, range, names) => {
      expect(await namesIn(range)).toEqual(names);
    });
  });

  test("the keys below a name are none of another's", async () => {
    await fill(
      ...["shop~a", "shop~é", "shop~~", "shop", "shop2~a", "shopé~a", "sho~a"].map((name) =>
        thing(name),
      ),
    );
    const { from, to } = below("shop");
    const found = await namesIn({ ...partition("g"), rowFrom: from, rowTo: to });
    expect(found).toEqual(["g/shop~a", "g/shop~~", "g/shop~é"]);
  });
});
