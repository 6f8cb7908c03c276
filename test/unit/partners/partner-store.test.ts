import { describe, expect, test } from "vitest";
import { createPartnerStore } from "../../../src/lib/partners/partner-store.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";

const start = Date.parse("2026-01-31T10:00:00.000Z");
const later = (milliseconds: number) => new Date(start + milliseconds);

function scene() {
  const { partners: table } = memoryTables();
  const reads: string[] = [];
  const outages: Error[] = [];
  const get = table.get.bind(table);
  table.get = async (key) => {
    reads.push(key.rowKey);
    const outage = outages.pop();
    if (outage) throw outage;
    return await get(key);
  };
  const store = createPartnerStore({ partners: table });
  const stateAt = async (milliseconds: number) =>
    (await store.find(PARTNER_ID, later(milliseconds)))?.state;
  return { table, store, reads, outages, stateAt };
}

describe("a partner", () => {
  test("is found by its client id, in any casing", async () => {
    const { table, store } = scene();
    await table.insert(partner());
    expect(await store.find(PARTNER_ID.toUpperCase(), later(0))).toEqual(partner());
    expect(await store.findFresh(PARTNER_ID.toUpperCase())).toEqual(partner());
  });

  test("that is deleted is none", async () => {
    const { table, store } = scene();
    await table.insert(partner({ state: "disabled", deletedAt: later(0).toISOString() }));
    expect(await store.find(PARTNER_ID, later(0))).toBeUndefined();
    expect(await store.findFresh(PARTNER_ID)).toBeUndefined();
  });
});

describe("a change", () => {
  test("is known within a second, and until then nothing is read", async () => {
    const { table, reads, stateAt } = scene();
    await table.insert(partner());
    expect(await stateAt(0)).toBe("enabled");
    await table.upsert(partner({ state: "disabled" }));
    expect(await stateAt(999)).toBe("enabled");
    expect(reads).toHaveLength(1);
    expect(await stateAt(1000)).toBe("disabled");
  });

  test("is known within a second by who was nobody before", async () => {
    const { table, reads, stateAt } = scene();
    expect(await stateAt(0)).toBeUndefined();
    await table.insert(partner());
    expect(await stateAt(999)).toBeUndefined();
    expect(reads).toHaveLength(1);
    expect(await stateAt(1000)).toBe("enabled");
  });

  test("is known at once to who asks for the record as it is", async () => {
    const { table, store, stateAt } = scene();
    await table.insert(partner());
    await stateAt(0);
    await table.upsert(partner({ state: "disabled" }));
    expect(await store.findFresh(PARTNER_ID)).toMatchObject({ state: "disabled" });
  });

  test("is known also when the clock was set back", async () => {
    const { table, stateAt } = scene();
    await stateAt(500);
    await table.insert(partner());
    expect(await stateAt(499)).toBe("enabled");
  });

  test("is read once for all who ask at once", async () => {
    const { reads, stateAt } = scene();
    await Promise.all([stateAt(0), stateAt(0), stateAt(1)]);
    expect(reads).toHaveLength(1);
  });
});

test("an outage is not remembered", async () => {
  const { table, outages, stateAt } = scene();
  await table.insert(partner());
  outages.push(new Error("The storage is down."));
  await expect(stateAt(0)).rejects.toThrow("down");
  expect(await stateAt(1)).toBe("enabled");
});

test("one partner's record is never another's", async () => {
  const { table, store } = scene();
  const other = PARTNER_ID.replace(/a$/, "b");
  await table.insert(partner());
  await table.insert(partner({ id: other, name: "Fabrikam" }));
  expect((await store.find(PARTNER_ID, later(0)))?.id).toBe(PARTNER_ID);
  expect((await store.find(other, later(0)))?.id).toBe(other);
});
