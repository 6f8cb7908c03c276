import { describe, expect, test } from "vitest";
import {
  POLICY_PARTITION,
  policyKey,
  retire,
  withDocument,
} from "../../../src/lib/policy/policy-record.ts";
import { createPolicyStore } from "../../../src/lib/policy/policy-store.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";

const start = new Date("2026-01-31T10:00:00.000Z");
const secondsLater = (seconds: number) => new Date(start.getTime() + seconds * 1000);

const record = (name: string, more: Record<string, unknown> = {}) =>
  withDocument(
    undefined,
    {
      name,
      document: {
        schedule: { every: "PT1H" },
        consistency: "CrashConsistent",
        retention: { last: 24 },
        ...more,
      },
    },
    start,
  );

function scene(applyFiles: () => Promise<void> = async () => {}) {
  const { policies: table } = memoryTables();
  const log = new RecordingLog();
  const reads: number[] = [];
  const list = table.list.bind(table);
  table.list = (...asked) => {
    reads.push(reads.length);
    return list(...asked);
  };
  const store = createPolicyStore({ tables: { policies: table }, applyFiles, log });
  const names = async (at = start) => [...(await store.inForce(at)).active.keys()];
  return { store, table, log, reads, names };
}

describe("the policies in force", () => {
  test("are those that are stored, ready to be used", async () => {
    const { store, table } = scene();
    await table.insert(record("hourly", { schedule: { every: "PT2H" } }));
    const { active, retired } = await store.inForce(start);
    expect(active.get("hourly")).toMatchObject({ name: "hourly", schedule: { every: 7_200_000 } });
    expect(retired.size).toBe(0);
  });

  test("leave out those that are deleted, which are told apart with their outcome", async () => {
    const { store, table } = scene();
    await table.insert(retire(record("old"), { outcome: "delete", after: "P30D" }, start));
    const { active, retired } = await store.inForce(start);
    expect(active.size).toBe(0);
    expect(retired.get("old")).toMatchObject({
      policy: { name: "old" },
      outcome: { outcome: "delete", after: 30 * 86_400_000 },
    });
  });

  test.each([
    ["cannot be read any more", record("odd", { schedule: { every: "often" } }), /schedule\.every/],
    ["has a new property of a newer app", record("odd", { colour: "red" }), /colour/],
    [
      "has an outcome that cannot be read",
      retire(record("odd"), { outcome: "delete" }, start),
      /after/,
    ],
  ])("go on without one that %s, which is told", async (_what, odd, reason) => {
    const { names, table, log } = scene();
    await table.insert(odd);
    await table.insert(record("hourly"));
    expect(await names()).toEqual(["hourly"]);
    expect(log.entries).toEqual([
      {
        event: "policyUnreadable",
        fields: { policy: "odd", reason: expect.stringMatching(reason) },
      },
    ]);
  });
});

describe("a change", () => {
  test("is known after ten seconds, and until then nothing is read", async () => {
    const { names, table, reads } = scene();
    expect(await names()).toEqual([]);
    await table.insert(record("hourly"));
    expect(await names(secondsLater(9.999))).toEqual([]);
    expect(reads).toHaveLength(1);
    expect(await names(secondsLater(10))).toEqual(["hourly"]);
    await table.remove(policyKey("hourly"));
    expect(await names(secondsLater(19))).toEqual(["hourly"]);
    expect(await names(secondsLater(20))).toEqual([]);
  });

  test("is known as soon as somebody asks for newer policies", async () => {
    const { names, store, table } = scene();
    await names();
    await table.insert(record("hourly"));
    const { active } = await store.inForce(secondsLater(1), 1000);
    expect([...active.keys()]).toEqual(["hourly"]);
    expect(await names(secondsLater(1))).toEqual(["hourly"]);
  });

  test("is known also when the clock was set back", async () => {
    const { names, table } = scene();
    await names(secondsLater(3600));
    await table.insert(record("hourly"));
    expect(await names()).toEqual(["hourly"]);
  });

  test("is read once for all who ask at once", async () => {
    const { names, reads } = scene();
    await Promise.all([names(), names(), names(secondsLater(1))]);
    expect(reads).toHaveLength(1);
  });
});

describe("the files of the deployment", () => {
  test("are applied before the first answer, once", async () => {
    const applied: string[] = [];
    const { names, table } = scene(async () => {
      applied.push("files");
      await table.upsert(record("gold"));
    });
    expect(await names()).toEqual(["gold"]);
    await names(secondsLater(60));
    expect(applied).toEqual(["files"]);
  });

  test("are applied again when that failed, as are policies read again", async () => {
    let outages = 1;
    const { names, table } = scene(async () => {
      if (outages-- > 0) throw new Error("The storage is down.");
    });
    await table.insert(record("gold"));
    await expect(names()).rejects.toThrow("down");
    expect(await names()).toEqual(["gold"]);
  });
});

test("all policies are in one partition, under their names", () => {
  expect(policyKey("gold")).toEqual({ partitionKey: POLICY_PARTITION, rowKey: "gold" });
});
