import { describe, expect, test } from "vitest";
import { protectionKey, protectionTable } from "../../../src/lib/fleet/protection.ts";
import { changeRecord } from "../../../src/lib/state/change-record.ts";
import { InMemoryTable } from "../../fakes/in-memory-table.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { protection, vmKey } from "../../fixtures/records.ts";

const key = protectionKey(vmKey());

async function tableWith(generation: number) {
  const table = new InMemoryTable(protectionTable);
  await table.insert(protection({ generation }));
  return table;
}

/** A table in which someone else writes between each read and the write that follows it. */
class RacedTable extends InMemoryTable<ReturnType<typeof protection>> {
  races = 0;
  reads = 0;

  override async get(wanted: typeof key) {
    const stored = await super.get(wanted);
    this.reads++;
    if (stored && this.races-- > 0) {
      await this.upsert({ ...stored.record, generation: stored.record.generation + 10 });
    }
    return stored;
  }
}

describe("a record is changed", () => {
  test("by what is decided from what it is", async () => {
    const table = await tableWith(1);
    const changed = await changeRecord(table, key, (current) => ({
      ...current,
      generation: current.generation + 1,
    }));
    expect(changed?.generation).toBe(2);
    expect((await table.get(key))?.record.generation).toBe(2);
  });

  test("not when nothing is to be changed, and is given as it is", async () => {
    const table = await tableWith(1);
    const before = await table.get(key);
    expect(await changeRecord(table, key, () => undefined)).toEqual(before?.record);
    expect(await table.get(key)).toEqual(before);
  });

  test("not when it does not exist", async () => {
    const table = new InMemoryTable(protectionTable);
    expect(await changeRecord(table, key, (current) => current)).toBeUndefined();
    expect(await table.get(key)).toBeUndefined();
  });

  test("by a decision taken again when someone else was faster", async () => {
    const table = new RacedTable(protectionTable);
    await table.insert(protection({ generation: 1 }));
    table.races = 2;
    const changed = await changeRecord(table, key, (current) => ({
      ...current,
      generation: current.generation + 1,
    }));
    expect(changed?.generation).toBe(22);
    expect(table.reads).toBe(3);
  });

  test("not for ever: who always loses is told", async () => {
    const table = new RacedTable(protectionTable);
    await table.insert(protection());
    table.races = Number.POSITIVE_INFINITY;
    await expect(changeRecord(table, key, (current) => current)).rejects.toThrow(
      /Lost the race for .*web-01/,
    );
  });
});

test("every record of a range is read, however many pages there are", async () => {
  const table = new InMemoryTable(protectionTable);
  const names = Array.from({ length: 2001 }, (_, number) => `vm-${`${number}`.padStart(4, "0")}`);
  for (const name of names) await table.upsert(protection({ vm: vmKey(name) }));
  const read = await allOf(table);
  expect(read.map(({ vm }) => vm)).toEqual(names.map((name) => vmKey(name)));
});
