import { describe, expect, test } from "vitest";
import { dueAt } from "../../../src/lib/operations/due.ts";
import { dueVms } from "../../../src/lib/plan/due-vms.ts";
import { allOf, memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { vmKey } from "../../fixtures/records.ts";

const at = new Date("2026-01-31T10:00:00.000Z");

async function fleet(...names: string[]) {
  const tables = memoryTables();
  for (const name of names) await tables.due.upsert(dueAt(vmKey(name), at));
  return { tables, delayed: new RecordedDelays(), now: () => at, log: new RecordingLog() };
}

describe("a tick", () => {
  test("sends each VM that is due to be planned, and forgets it", async () => {
    const scene = await fleet("web-01", "web-02");
    await scene.tables.due.upsert(dueAt(vmKey("later"), new Date(at.getTime() + 60_000)));
    await dueVms(scene)(scene.log);
    expect(scene.delayed.sent).toMatchObject([
      { queue: "plan-vm", message: { vm: vmKey("web-01") } },
      { queue: "plan-vm", message: { vm: vmKey("web-02") } },
    ]);
    expect((await allOf(scene.tables.due)).map(({ vm }) => vm)).toEqual([vmKey("later")]);
    expect(scene.log.entries).toEqual([{ event: "slotsDue", fields: { vms: 2 } }]);
  });

  test("spreads a large minute over most of the minute", async () => {
    const names = Array.from({ length: 300 }, (_, number) => `vm-${`${number}`.padStart(3, "0")}`);
    const scene = await fleet(...names);
    await dueVms(scene)(scene.log);
    const delays = scene.delayed.sent.map(({ delayMs }) => delayMs);
    expect(new Set(scene.delayed.sent.map(({ message }) => JSON.stringify(message))).size).toBe(
      300,
    );
    expect(delays[0]).toBe(0);
    expect(Math.max(...delays)).toBeLessThan(45_000);
    expect(Math.max(...delays)).toBeGreaterThan(40_000);
    expect(await allOf(scene.tables.due)).toEqual([]);
  });

  test("without anything due says and sends nothing", async () => {
    const scene = await fleet();
    await dueVms(scene)(scene.log);
    expect(scene.delayed.sent).toEqual([]);
    expect(scene.log.entries).toEqual([]);
  });

  test("keeps a VM whose message could not be sent, for the next tick", async () => {
    const scene = await fleet("web-01", "web-02");
    const planVm = scene.delayed.planVm.bind(scene.delayed);
    scene.delayed.planVm = (message, delayMs) =>
      JSON.stringify(message).includes("web-02")
        ? Promise.reject(new Error("The queue is down."))
        : planVm(message, delayMs);
    await expect(dueVms(scene)(scene.log)).rejects.toThrow("The queue is down.");
    expect((await allOf(scene.tables.due)).map(({ vm }) => vm)).toContain(vmKey("web-02"));
    scene.delayed.planVm = planVm;
    await dueVms(scene)(scene.log);
    expect(await allOf(scene.tables.due)).toEqual([]);
  });
});
