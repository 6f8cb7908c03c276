/** What operators are told over hours: once of each thing, whoever is away meanwhile. */
import { describe, expect, test } from "vitest";
import { protectionKey } from "../../src/lib/fleet/protection.ts";
import type { Notification } from "../../src/lib/notify/notification.ts";
import { changeRecord } from "../../src/lib/state/change-record.ts";
import { queues } from "../../src/names.ts";
import { ALICE, GrantsScene, MINUTE } from "./grants-scene.ts";
import { World } from "./world.ts";

const HOUR = 60 * MINUTE;
const down = {
  kind: "unsettled",
  error: { code: "ServiceUnavailable", message: "Later." },
} as const;

/** A protected VM with its first restore point, and what was published of it. */
async function protectedVm() {
  const published: Notification[] = [];
  const world = new World({ publish: async (told) => void published.push(told) });
  const vm = world.addVm("web-01");
  await world.tag(vm, "hourly");
  await world.pass(2 * MINUTE);
  const breaches = () => published.filter(({ type }) => type === "VmRestorePoints.RpoBreached");
  return { world, vm, published, breaches };
}

describe("a VM that misses its RPO", () => {
  test("is told of once for each time, also while Azure does not answer", async () => {
    const { world, vm, breaches } = await protectedVm();
    const taggedAt = world.now - 2 * MINUTE;
    world.arm.fault = () => down;
    await world.pass(5 * HOUR);
    expect(breaches()).toMatchObject([
      { time: new Date(taggedAt + 2 * HOUR).toISOString(), data: { vm, rpoTarget: "PT2H" } },
    ]);
    world.arm.fault = () => undefined;
    await world.pass(3 * HOUR);
    expect(breaches()).toHaveLength(1);
    world.arm.fault = () => down;
    await world.pass(5 * HOUR);
    expect(new Set(breaches().map(({ id }) => id)).size).toBe(2);
    expect(breaches()).toHaveLength(2);
  });

  test("is told of under one id, wherever the process that finds it dies", async () => {
    /** Shortly before the fleet is looked through: the last good restore point is of this morning. */
    const missing = async () => {
      const scene = await protectedVm();
      await scene.world.pass(12 * MINUTE);
      const lastGoodPoint = { name: "s1-a1", at: "2026-01-31T06:00:00.000Z" };
      await changeRecord(scene.world.tables.protections, protectionKey(scene.vm), (current) => ({
        ...current,
        lastGoodPoint,
      }));
      return { ...scene, first: scene.world.effects.count };
    };
    const undisturbed = await missing();
    await undisturbed.world.pass(2 * MINUTE);
    const [told] = undisturbed.breaches();
    expect(told).toMatchObject({ time: "2026-01-31T08:00:00.000Z" });
    const boundaries = undisturbed.world.effects.count - undisturbed.first;
    for (let crashAt = 1; crashAt <= boundaries; crashAt++) {
      const { world, first, breaches } = await missing();
      world.effects.crashAt = first + crashAt;
      await world.pass(30 * MINUTE);
      const context = `crash at boundary ${crashAt} of ${boundaries}`;
      expect(world.crashes, context).toBe(1);
      expect([...new Set(breaches().map(({ id }) => id))], context).toEqual([told?.id]);
    }
  });
});

describe("a slot that leaves out every disk", () => {
  /** With a first restore point that has nothing to protect. */
  async function protectedNothing(crashAt?: number) {
    const published: Notification[] = [];
    const world = new World({ publish: async (told) => void published.push(told) });
    const vm = world.addVm("web-01");
    const first = world.effects.count;
    if (crashAt !== undefined) world.effects.crashAt = first + crashAt;
    await world.tag(vm, "hourly;exclude=disk:web-01-os");
    await world.pass(4 * MINUTE);
    if (crashAt !== undefined) await world.pass(10 * MINUTE);
    return { world, vm, published, effects: world.effects.count - first };
  }

  test("is told of, though nothing was asked of Azure", async () => {
    const { world, vm, published } = await protectedNothing();
    expect(published).toMatchObject([
      {
        id: `${vm}~t1-a1~2026-01-31T10:00:20.000Z`,
        type: "VmRestorePoints.RestorePointFailed",
        data: { vm, error: { code: "NoDiskToProtect" } },
      },
    ]);
    await world.pass(HOUR);
    expect(published).toHaveLength(2);
  });

  test("is told of wherever the process dies", async () => {
    const undisturbed = await protectedNothing();
    expect(undisturbed.effects).toBeGreaterThan(3);
    for (let crashAt = 1; crashAt <= undisturbed.effects; crashAt++) {
      const { published, vm } = await protectedNothing(crashAt);
      const ids = new Set(published.map(({ id }) => id));
      // When the slot came up depends on when the process was back.
      const one = [expect.stringContaining(`${vm}~t1-a1~2026-01-31T10:00:`)];
      expect([...ids], `crash at boundary ${crashAt}`).toEqual(one);
    }
  });
});

describe("a topic that is away", () => {
  test("for hours gets what it has missed", async () => {
    let away = true;
    const ids: string[] = [];
    const world = new World({
      publish: async ({ id }) => {
        if (away) throw new Error("The topic is away.");
        ids.push(id);
      },
    });
    await world.tag(world.addVm("web-01"), "hourly");
    await world.pass(3 * HOUR);
    const missed = (await world.tables.operations.list({}, { size: 100 })).records;
    expect(missed.length).toBeGreaterThan(2);
    away = false;
    await world.pass(70 * MINUTE);
    expect(ids).toEqual(expect.arrayContaining(missed.map(({ id }) => id)));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("for good does not fill the queue for ever", async () => {
    const lines: string[] = [];
    const world = new World({
      publish: async () => {
        throw new Error("There is no such topic.");
      },
    });
    world.log = (line) => lines.push(line);
    const vm = world.addVm("web-01");
    await world.tag(vm, "hourly");
    await world.pass(MINUTE);
    world.arm.tag(vm, {});
    await world.deliver(vm, "event-2");
    await world.pass(30 * HOUR);
    expect(lines.filter((line) => line.startsWith("notificationGivenUp"))).toHaveLength(1);
    expect(world.durable.queues.get(queues.notify)?.nextAt()).toBeUndefined();
  });
});

test("a grant that is extended is told of as issued once", async () => {
  const scene = new GrantsScene();
  await scene.protect();
  const answer = await scene.request(ALICE, { duration: "PT10M" });
  const id = String(answer?.body["id"]);
  await scene.world.pass(MINUTE);
  await scene.request(ALICE, { duration: "PT30M" });
  await scene.world.pass(MINUTE);
  expect(await scene.grant(id)).toMatchObject({ state: "Active", extensions: 1, isAsking: false });
  expect(scene.told(id)).toEqual(["GrantIssued"]);
});

test("without a topic nothing is sent about it, but the fleet is looked through", async () => {
  const world = new World();
  await world.tag(world.addVm("web-01"), "hourly");
  const queue = world.durable.queues.get(queues.notify);
  const sent = new Set<unknown>();
  if (queue) queue.send = (message) => void sent.add(message);
  await world.pass(3 * HOUR);
  expect(world.arm.calls.length).toBeGreaterThan(0);
  expect([...sent]).toEqual([JSON.stringify({ of: "fleet" })]);
});
