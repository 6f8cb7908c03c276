import { describe, expect, test } from "vitest";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import type { PlanFleetMessage } from "../../../src/lib/operations/messages.ts";
import { planFleet, planFleetAgain } from "../../../src/lib/plan/plan-fleet.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { protection, vmKey } from "../../fixtures/records.ts";

const nameOf = (number: number) => `vm-${`${number}`.padStart(3, "0")}`;

async function fleet(...records: readonly Partial<Protection>[]) {
  const tables = memoryTables();
  const delayed = new RecordedDelays();
  const log = new RecordingLog();
  for (const [index, more] of records.entries()) {
    await tables.protections.insert(protection({ vm: vmKey(nameOf(index)), ...more }));
  }
  const plan = (message: PlanFleetMessage = { policy: "gold" }) =>
    planFleet({ tables, delayed })(message, log);
  const sent = (queue: string) => delayed.sent.filter((each) => each.queue === queue);
  const planned = (queue: string) => sent(queue).map(({ message }) => message);
  return { plan, sent, planned, log };
}

const vm = (number: number) => ({ vm: vmKey(nameOf(number)) });

describe("after a policy has changed", () => {
  test("the VMs that it protects are planned", async () => {
    const { plan, planned, log } = await fleet(
      { policies: ["gold"] },
      { policies: ["hourly"] },
      { policies: ["hourly", "gold"] },
      { policies: [], status: "Unprotected" },
    );
    await plan();
    expect(planned("plan-vm")).toEqual([vm(0), vm(2)]);
    expect(log.entries).toEqual([
      { event: "fleetPlanned", fields: { policy: "gold", vms: 4, planned: 2 } },
    ]);
  });

  test("so are VMs whose tag names it, and could not be read before", async () => {
    const { plan, planned } = await fleet(
      {
        policies: [],
        misconfiguration: { tag: "Gold;consistency=crash", reason: "No such policy." },
      },
      { policies: ["hourly"], misconfiguration: { tag: "silver", reason: "No such policy." } },
    );
    await plan();
    expect(planned("plan-vm")).toEqual([vm(0)]);
  });

  test("the restore points of every VM are gone through, since any may have some of the policy", async () => {
    const { plan, planned } = await fleet(
      { policies: ["gold"] },
      { policies: ["hourly"] },
      { policies: [], status: "VmDeleted" },
    );
    await plan();
    expect(new Set(planned("plan-points"))).toEqual(new Set([vm(0), vm(1), vm(2)]));
  });

  test("nothing happens in an empty fleet", async () => {
    const { plan, planned } = await fleet();
    await plan();
    expect(planned("plan-vm")).toEqual([]);
    expect(planned("plan-fleet")).toEqual([]);
  });
});

describe("a large fleet", () => {
  const large = () => fleet(...Array.from({ length: 250 }, () => ({ policies: ["gold"] })));

  test("is planned a hundred VMs a message, each VM once", async () => {
    const { plan, sent, planned } = await large();
    await plan();
    for (const pages of [1, 2]) {
      expect(planned("plan-vm")).toHaveLength(100 * pages);
      const next = sent("plan-fleet").at(-1);
      expect(next?.message).toMatchObject({ policy: "gold", continuation: expect.any(String) });
      await plan(next?.message as PlanFleetMessage);
    }
    expect(planned("plan-vm")).toEqual(Array.from({ length: 250 }, (_, number) => vm(number)));
    expect(sent("plan-fleet")).toHaveLength(2);
  });

  test("is spread, within a page over a minute, and page by page", async () => {
    const { plan, sent } = await large();
    await plan();
    const delays = sent("plan-vm").map(({ delayMs }) => delayMs);
    expect(delays.slice(0, 3)).toEqual([0, 600, 1200]);
    expect(Math.max(...delays)).toBe(59_400);
    expect(sent("plan-fleet")[0]?.delayMs).toBe(4_000);
  });
});

test("a page that failed as often as the host tries is begun again five minutes later", async () => {
  const delayed = new RecordedDelays();
  const log = new RecordingLog();
  const message = { policy: "gold", continuation: "there" };
  await planFleetAgain({ delayed })(message, log);
  expect(delayed.sent).toEqual([{ queue: "plan-fleet", message, delayMs: 300_000 }]);
  expect(log.events).toEqual(["messagePoisoned"]);
});
