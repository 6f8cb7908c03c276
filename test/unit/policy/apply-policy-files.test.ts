import { describe, expect, test } from "vitest";
import { applyPolicyFiles, type PolicyFile } from "../../../src/lib/policy/apply-policy-files.ts";
import { azureLimits } from "../../../src/lib/policy/policy-limits.ts";
import { policyKey, retire } from "../../../src/lib/policy/policy-record.ts";
import { putPolicy } from "../../../src/lib/policy/put-policy.ts";
import { memoryPolicyCopies } from "../../fakes/memory-policy-copies.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";

const now = new Date("2026-01-31T10:00:00.000Z");
const later = new Date("2026-02-01T10:00:00.000Z");

const documentOf = (last: number) => ({
  schedule: { every: "PT1H" },
  consistency: "CrashConsistent",
  retention: { last },
});

const file = (name: string, content: unknown, hash = "1"): PolicyFile => ({
  name,
  text: typeof content === "string" ? content : JSON.stringify(content),
  hash,
});

function scene() {
  const tables = memoryTables();
  const copies = new Map<string, unknown>();
  const delayed = new RecordedDelays();
  const log = new RecordingLog();
  const deps = {
    tables,
    policyCopies: memoryPolicyCopies(copies),
    delayed,
    log,
    limits: azureLimits,
  };
  const apply = (files: PolicyFile[], at = now) =>
    applyPolicyFiles({ ...deps, readPolicyFiles: async () => files })(at);
  const stored = async (name: string) => (await tables.policies.get(policyKey(name)))?.record;
  const put = (name: string, last: number) =>
    putPolicy(deps, { name, document: { ...documentOf(last), name }, mayWrite: () => true }, now);
  return { ...deps, copies, apply, stored, put };
}

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
      { ...documentOf(24), select: { tags: { a: ["x".repeat(30_000)] } } },
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

test("a policy whose writer did not live to copy it is copied by the next process", async () => {
  const { apply, put, policyCopies, copies, stored } = scene();
  const { put: write } = policyCopies;
  policyCopies.put = () => Promise.reject(new Error("The process has died."));
  await expect(put("gold", 24)).rejects.toThrow("died");
  policyCopies.put = write;
  expect(copies.size).toBe(0);
  await apply([]);
  expect(copies.get("gold")).toEqual(await stored("gold"));
});

test("of two writers at once the copy is of the one that was stored last", async () => {
  const { put, policyCopies, copies, stored } = scene();
  const { put: write } = policyCopies;
  let overtaken = false;
  policyCopies.put = async (name, record) => {
    if (!overtaken) {
      overtaken = true;
      await put("gold", 48);
    }
    await write(name, record);
  };
  await put("gold", 24);
  expect(await stored("gold")).toMatchObject({ document: { retention: { last: 48 } } });
  expect(copies.get("gold")).toMatchObject({ document: { retention: { last: 48 } } });
});
