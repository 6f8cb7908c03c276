import { describe, expect, test } from "vitest";
import { retire } from "../../../src/lib/policy/policy-record.ts";
import { documentOf, file, later, now, scene } from "./applying-files.ts";

describe("a file of the deployment", () => {
  test("becomes a policy, with the name of the file", async () => {
    const { apply, stored, copies, delayed, log } = scene();
    await apply([file("gold", documentOf(24))]);
    expect(await stored("gold")).toMatchObject({
      name: "gold",
      document: { ...documentOf(24), name: "gold" },
      state: "Active",
      fileHash: "1",
      generation: 1,
      createdAt: now.toISOString(),
    });
    expect(copies.get("gold")).toEqual(await stored("gold"));
    expect(delayed.sent).toEqual([
      { queue: "plan-fleet", message: { policy: "gold" }, delayMs: 15_000 },
    ]);
    expect(log.events).toEqual(["policyFileApplied"]);
  });

  test("is applied once, however often and by however many processes", async () => {
    const { apply, stored, log } = scene();
    const files = [file("gold", documentOf(24))];
    await Promise.all([apply(files), apply(files), apply(files)]);
    await apply(files, later);
    expect(await stored("gold")).toMatchObject({ generation: 1, updatedAt: now.toISOString() });
    expect(log.events).toEqual(["policyFileApplied"]);
  });

  test("that has changed is applied again", async () => {
    const { apply, stored } = scene();
    await apply([file("gold", documentOf(24))]);
    await apply([file("gold", documentOf(48), "2")], later);
    expect(await stored("gold")).toMatchObject({
      document: { retention: { last: 48 } },
      generation: 2,
      createdAt: now.toISOString(),
      updatedAt: later.toISOString(),
    });
  });

  test("that is not there any more leaves its policy alone", async () => {
    const { apply, stored } = scene();
    await apply([file("gold", documentOf(24))]);
    await apply([]);
    expect(await stored("gold")).toMatchObject({ state: "Active", generation: 1 });
  });
});

describe("a policy that the API has changed since its file was applied", () => {
  test("stays as it is while the file is the same, and follows the file when that changes", async () => {
    const { apply, stored, put } = scene();
    await apply([file("gold", documentOf(24))]);
    await put("gold", 100);
    await apply([file("gold", documentOf(24))]);
    expect(await stored("gold")).toMatchObject({ document: { retention: { last: 100 } } });
    await apply([file("gold", documentOf(12), "2")]);
    expect(await stored("gold")).toMatchObject({ document: { retention: { last: 12 } } });
  });

  test("stays deleted while the file is the same, and comes back when that changes", async () => {
    const { apply, stored, tables } = scene();
    await apply([file("gold", documentOf(24))]);
    const gold = await stored("gold");
    if (gold) await tables.policies.upsert(retire(gold, { outcome: "keep" }, now));
    await apply([file("gold", documentOf(24))]);
    expect(await stored("gold")).toMatchObject({ state: "Retired" });
    await apply([file("gold", documentOf(12), "2")], later);
    expect(await stored("gold")).toMatchObject({
      state: "Active",
      generation: 3,
      createdAt: later.toISOString(),
    });
    expect(await stored("gold")).not.toHaveProperty("outcome");
  });
});

/** Each as long as the value of a tag can be, or nearly. */
const values = Array.from({ length: 60 }, () => "x".repeat(247));

describe("a file that is wrong", () => {
  test.each([
    ["is not JSON", "gold", "{ last: 24", /^JSON: /],
    ["is no object", "gold", [], /^policy: expected a JSON object$/],
    [
      "names another policy",
      "gold",
      { ...documentOf(24), name: "silver" },
      /^name: must be `gold`/,
    ],
    ["has a name that no tag can have", "Gold", documentOf(24), /^name: /],
    [
      "asks for what Azure cannot do",
      "gold",
      { ...documentOf(24), schedule: { every: "PT5M" } },
      /^schedule: /,
    ],
    [
      "is too long to be stored",
      "gold",
      { ...documentOf(24), select: { tags: { a: values, b: values } } },
      /^policy: has 30\d+ characters/,
    ],
  ])("since it %s is told, and the others apply", async (_what, name, content, reason) => {
    const { apply, tables, log } = scene();
    await apply([file(name, content), file("hourly", documentOf(24))]);
    expect((await tables.policies.list({}, { size: 10 })).records).toMatchObject([
      { name: "hourly" },
    ]);
    expect(log.entries[0]).toEqual({
      event: "policyFileWrong",
      fields: { file: `${name}.json`, reason: expect.stringMatching(reason) },
    });
  });

  test("is told with all that is wrong at once", async () => {
    const { apply, log } = scene();
    await apply([file("gold", { schedule: {}, retention: { last: 0 }, colour: "red" })]);
    const reason = String(log.entries[0]?.fields["reason"]);
    for (const field of ["schedule", "consistency", "retention.last", "colour"]) {
      expect(reason).toContain(`${field}: `);
    }
  });

  test("leaves the policy as it was", async () => {
    const { apply, stored } = scene();
    await apply([file("gold", documentOf(24))]);
    await apply([file("gold", "nonsense", "2")]);
    expect(await stored("gold")).toMatchObject({ generation: 1, fileHash: "1" });
  });
});
