import { describe, expect, test } from "vitest";
import { pointRequestSchema } from "../../../src/lib/requests/point-request.ts";
import { type PointRequested, requestPoint } from "../../../src/lib/requests/request-point.ts";
import { settleRequests } from "../../../src/lib/upkeep/settle-requests.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { Slowly } from "../../fakes/slowly.ts";
import { operationId, vmKey } from "../../fixtures/records.ts";
import { by, Scene } from "./point-scene.ts";

const numbers = Array.from({ length: 100 }, (_, number) => number + 1);
const kindsOf = (answers: readonly PointRequested[]) => ({
  accepted: answers.filter(({ kind }) => kind === "accepted").length,
  tooMany: answers.filter(({ kind }) => kind === "tooMany").length,
});

/** Makes a restore point of each slot, one after the other, with the upkeep of the VM in between. */
async function makeAll(it: Scene): Promise<void> {
  for (let made = 0; (await it.slots()).length > 0; made++) {
    if (made > 5 * numbers.length) throw new Error("It never ends.");
    await it.plan();
    const [slot, ...openSlots] = await it.slots();
    for (const row of await allOf(it.tables.points)) {
      if (row.slot !== slot?.slot) continue;
      await it.tables.points.upsert({ ...row, state: "Succeeded", endedAt: it.later(0) });
    }
    await it.tables.protections.upsert({ ...(await it.protection()), openSlots });
    it.at += 20 * 60_000;
    await settleRequests(it, it.vm);
  }
}

const requested = async (it: Scene) =>
  (await allOf(it.tables.points)).filter(({ cause }) => cause === "requested");

const scene = () => new Scene().record();

describe("a hundred restore points of one VM, asked for at once", () => {
  test("are twenty: the others are refused, and not made", async () => {
    const it = await scene();
    const answers = await Promise.all(numbers.map((number) => it.ask({}, number)));
    expect(kindsOf(answers)).toEqual({ accepted: 20, tooMany: 80 });
    await settleRequests(it, it.vm);
    expect(await it.slots()).toHaveLength(20);
    await makeAll(it);
    expect(await requested(it)).toHaveLength(20);
  });

  test.each([1, 2, 3, 4, 5])(
    "are those that were accepted, while the VM is planned and looked after (seed %i)",
    async (seed) => {
      const it = await scene();
      const slowly = new Slowly(seed);
      const deps = { ...it, tables: slowly.ports(it.tables) };
      const ask = async (number: number) => {
        const asking = { id: operationId(number), by, correlationId: "c-1" };
        await slowly.pause(1000);
        return await requestPoint(deps, asking, pointRequestSchema.parse({}), it.log);
      };
      const upkeep = async () => {
        for (let times = 0; times < 10; times++) {
          await slowly.pause(500);
          await settleRequests(deps, vmKey());
        }
      };
      // Each is repeated at the same time.
      const asked = [...numbers, ...numbers].map(ask);
      const [answers] = await Promise.all([Promise.all(asked), upkeep()]);
      const accepted = new Set(
        answers.flatMap((each) => (each.kind === "accepted" ? [each.request.slot] : [])),
      );
      expect(accepted.size).toBeGreaterThanOrEqual(20);
      expect(await it.slots()).toHaveLength(20);
      await makeAll(it);
      const made = (await requested(it)).map(({ slot }) => slot);
      expect(made.sort()).toEqual([...accepted].sort());
    },
  );
});

describe("a request that was refused", () => {
  test("is tried anew each time that it is repeated, as of then", async () => {
    const it = await scene();
    const answers = await Promise.all(numbers.map((number) => it.ask({}, number)));
    const refused = numbers.filter((_, index) => answers[index]?.kind === "tooMany");
    expect(await it.ask({}, refused[0])).toEqual({ kind: "tooMany", most: 20 });
    const { openSlots, ...record } = await it.protection();
    await it.tables.protections.upsert({ ...record, openSlots: openSlots.slice(3) });
    it.at += 3_600_000;
    // Each of them twice.
    const again = [...refused, ...refused].map((number) => it.ask({}, number));
    const accepted = (await Promise.all(again)).flatMap((each) =>
      each.kind === "accepted" ? [each.request] : [],
    );
    const made = new Set(accepted.map(({ slot }) => slot));
    expect(accepted.every(({ requestedAt }) => requestedAt === it.later(0))).toBe(true);
    expect(await it.slots()).toHaveLength(20);
    await makeAll(it);
    const rows = (await requested(it)).map(({ slot }) => slot);
    expect(rows.sort()).toEqual([...openSlots.slice(3).map(({ slot }) => slot), ...made].sort());
  });
});

describe("a request that was recorded, and whose process died then", () => {
  test("waits until there is room for it", async () => {
    const it = await scene();
    await Promise.all(numbers.slice(0, 20).map((number) => it.ask({}, number)));
    const [first] = await allOf(it.tables.requests);
    if (first?.kind !== "createRestorePoint") throw new Error("There is no request.");
    const { placedAt: _, ...rest } = first;
    const left = { ...rest, id: operationId(50), slot: "r202601311000-00000050" };
    await it.tables.requests.insert(left);
    await settleRequests(it, it.vm);
    expect(await it.slots()).toHaveLength(20);
    expect(await it.status(50)).toMatchObject({ status: "NotStarted" });
    await makeAll(it);
    expect(await it.status(50)).toMatchObject({ status: "Succeeded" });
    expect(await requested(it)).toHaveLength(21);
  });
});
