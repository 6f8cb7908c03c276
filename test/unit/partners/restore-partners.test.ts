/** Partners that come back from their copies after a loss of the table. */
import { describe, expect, test } from "vitest";
import { partnerKey } from "../../../src/lib/partners/partner.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";
import { scene } from "./copy-scene.ts";

describe("a partner whose row is lost", () => {
  test.each<[string, object]>([
    ["enabled", {}],
    ["disabled", { state: "disabled" }],
  ])("comes back %s, as it was", async (_state, more) => {
    const { put, copy, stored, lose, restore, log } = scene();
    await put({ name: "First" });
    await put(more);
    await copy();
    const before = await stored();
    await lose();
    expect(await restore()).toBe(1);
    expect(await stored()).toEqual(before);
    expect(log.entries).toEqual([
      {
        event: "partnerRestored",
        fields: { partner: PARTNER_ID, state: before?.state, generation: 2 },
      },
    ]);
  });

  test("comes back deleted, and goes on from its generation when it is put again", async () => {
    const { put, delete: remove, stored, lose, restore } = scene();
    await put();
    await remove();
    await lose();
    await restore();
    expect(await stored()).toMatchObject({ deletedAt: expect.any(String), state: "disabled" });
    await put();
    expect(await stored()).toMatchObject({ state: "enabled", generation: 3 });
  });

  test("stays away when it was deleted after the loss", async () => {
    const { put, copy, delete: remove, stored, lose, restore } = scene();
    await put();
    await copy();
    await lose();
    expect(await remove()).toMatchObject({ kind: "deleted", record: { generation: 2 } });
    expect(await restore()).toBe(0);
    expect(await stored()).toMatchObject({ deletedAt: expect.any(String), state: "disabled" });
  });

  test("stays away also when its deletion died on the way to the row", async () => {
    const { put, copy, delete: remove, tables, stored, lose, restore } = scene();
    await put();
    await copy();
    await lose();
    const { insert } = tables.partners;
    tables.partners.insert = () => Promise.reject(new Error("The process has died."));
    await expect(remove()).rejects.toThrow("died");
    tables.partners.insert = insert;
    expect(await remove()).toMatchObject({ kind: "absent", record: { generation: 2 } });
    await restore();
    expect(await stored()).toMatchObject({ deletedAt: expect.any(String), state: "disabled" });
  });

  test("goes on from its generation when it is put again after the loss", async () => {
    const { put, copy, stored, lose, restore } = scene();
    await put();
    await put({ name: "Second" });
    await copy();
    await lose();
    expect(await put({ state: "disabled" })).toMatchObject({ kind: "created" });
    expect(await restore()).toBe(0);
    expect(await stored()).toMatchObject({ state: "disabled", generation: 3 });
  });

  test("comes back disabled when it was lost before it could be copied, and may be enabled", async () => {
    const { put, lose, restore, stored } = scene();
    await put();
    await lose();
    await restore();
    expect(await stored()).toMatchObject({ state: "disabled", disabledAt: expect.any(String) });
    expect(await stored()).not.toHaveProperty("disabledBy");
    expect(await put()).toMatchObject({ kind: "replaced", record: { state: "enabled" } });
  });

  test("comes back once", async () => {
    const { put, copy, lose, restore } = scene();
    await put();
    await copy();
    await lose();
    expect(await restore()).toBe(1);
    expect(await restore()).toBe(0);
  });

  test("has the usual rate limit when its copy is from before there was one", async () => {
    const { rateLimit, ...before } = partner();
    const { restore, stored } = scene(before);
    await restore();
    expect(await stored()).toMatchObject({ rateLimit });
  });
});

describe("a partner that is there", () => {
  test("stays as it is, whatever an older copy says", async () => {
    const { tables, restore, stored, copied } = scene(partner());
    await tables.partners.insert(partner({ state: "disabled", generation: 2 }));
    expect(await restore()).toBe(0);
    expect(await stored()).toMatchObject({ state: "disabled", generation: 2 });
    expect(copied()).toEqual(await stored());
  });

  test.each<[string, (on: ReturnType<typeof scene>) => Promise<unknown>]>([
    ["change", ({ put }) => put({ state: "disabled" })],
    ["deletion", ({ delete: remove }) => remove()],
  ])("goes on from a newer copy's generation with the next %s", async (_what, change) => {
    const on = scene(partner({ generation: 5 }));
    await on.tables.partners.insert(partner({ generation: 2 }));
    await change(on);
    expect(await on.restore()).toBe(0);
    expect(await on.stored()).toMatchObject({ state: "disabled", generation: 6 });
  });

  test("becomes what a newer copy says, and its grants are looked through", async () => {
    const { tables, restore, stored, delayed } = scene(
      partner({ state: "disabled", generation: 3 }),
    );
    await tables.partners.insert(partner({ generation: 2 }));
    expect(await restore()).toBe(1);
    expect(await stored()).toMatchObject({ state: "disabled", generation: 3 });
    expect(delayed.sent).toMatchObject([{ message: { holder: PARTNER_ID } }]);
  });

  test("is not put back to an older row by whoever was copying that", async () => {
    const { tables, restore, copy, partnerCopies, stored, copied } = scene(
      partner({ state: "disabled", generation: 3 }),
    );
    await tables.partners.insert(partner({ generation: 2 }));
    const { put } = partnerCopies;
    tables.partners.list = () => Promise.reject(new Error("The process has died."));
    partnerCopies.put = async (...asked) => {
      partnerCopies.put = put;
      await expect(restore()).rejects.toThrow("died");
      return await put(...asked);
    };
    await copy();
    expect(await stored()).toMatchObject({ state: "disabled", generation: 3 });
    expect(copied()).toEqual(await stored());
  });

  test("is copied, also when it was written before there were copies", async () => {
    const { tables, restore, copied } = scene();
    await tables.partners.insert(partner());
    expect(await restore()).toBe(0);
    expect(copied()).toEqual(partner());
  });
});

describe("a copy is left alone and told", () => {
  test.each<[string, unknown]>([
    ["that is no JSON", "{ oops"],
    ["without its state", { ...partner(), state: undefined }],
    ["of another partner under this one's name", partner({ id: PARTNER_ID.replace(/a$/, "b") })],
  ])("%s", async (_what, copy) => {
    const { restore, tables, log } = scene(copy);
    expect(await restore()).toBe(0);
    expect(await tables.partners.get(partnerKey(PARTNER_ID))).toBeUndefined();
    expect(log.entries).toEqual([{ event: "partnerCopyUnreadable", fields: { copy: PARTNER_ID } }]);
  });

  test("whose name no partner can have", async () => {
    const { restore, copies, log } = scene();
    copies.set("PARTNER", partner({ id: "PARTNER" }));
    expect(await restore()).toBe(0);
    expect(log.events).toEqual(["partnerCopyUnreadable"]);
  });

  test("and keeps no other from coming back", async () => {
    const { restore, copies } = scene("{ oops");
    const id = PARTNER_ID.replace(/a$/, "b");
    copies.set(id, partner({ id }));
    expect(await restore()).toBe(1);
  });
});
