/**
 * Half an hour in which holders ask, read, extend and end, ARM fails, loses answers and carries requests out late, and
 * the process keeps dying. Afterwards it is calm: no disk is open that should not be, and nothing is left behind.
 */
import { expect } from "vitest";
import type { AuditRow } from "../../src/lib/audit/audit-table.ts";
import { isOver } from "../../src/lib/grants/grant.ts";
import type { Fault } from "../fakes/fake-arm/fault.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { expectNothingLeft } from "./expect-nothing-left.ts";
import { ALICE, BOB, GrantsScene, MINUTE, SECOND } from "./grants-scene.ts";
import { oneOf, type Random, seeded } from "./random.ts";

/** A BeginGetAccess has settled, or never will: later than that Azure would carry nothing out. */
const LATEST = 90 * SECOND;

export async function rideOutGrantsStorm(seed: number): Promise<void> {
  const random = seeded(seed);
  const scene = new GrantsScene();
  await scene.protect();
  const { world } = scene;
  world.arm.fault = () => (random() < 0.3 ? faultFrom(random) : undefined);
  const until = world.now + 30 * MINUTE;
  while (world.now < until) {
    if (random() < 0.2) world.effects.crashAt = world.effects.count + Math.ceil(random() * 60);
    await act(scene, random);
    await world.pass(random() * 20 * SECOND);
    await expectKnown(scene, `seed ${seed}`);
  }
  world.effects.crashAt = 0;
  world.arm.fault = () => undefined;
  // The longest grant, and the longest that an answer is waited for.
  await world.pass(3 * MINUTE + 10 * MINUTE);
  await expectAllOver(scene, `seed ${seed}`);
}

async function act(scene: GrantsScene, random: Random): Promise<void> {
  const holder = oneOf(random, [ALICE, BOB]);
  const duration = oneOf(random, ["PT1M", "PT2M", "PT3M"]);
  const grants = (await scene.grants()).filter(({ holder: { id } }) => id === holder.id);
  const id = grants.at(-1)?.id ?? `${holder.id}~${"0".repeat(26)}`;
  await oneOf<() => Promise<unknown>>(random, [
    () => scene.request(holder, { duration }),
    () => scene.request(holder, { duration }),
    () => scene.read(id, holder),
    () => scene.end(id, holder),
  ])();
}

/** What is open has a grant in the tables that is not over, or a Begin that Azure carried out late. */
async function expectKnown(scene: GrantsScene, context: string): Promise<void> {
  if (scene.open().length === 0) return;
  const grants = await scene.grants();
  expect(
    grants.some((grant) => !isOver(grant)),
    `${context}: an open disk has a grant that is not over`,
  ).toBe(true);
}

async function expectAllOver(scene: GrantsScene, context: string): Promise<void> {
  await expectNothingLeft(scene, context);
  const grants = await scene.grants();
  const active = await allOf(scene.world.tables.active);
  expect(
    active.filter(({ id }) => grants.some(({ operation }) => operation === id)),
    context,
  ).toEqual([]);
  await expectWholeAudit(scene, context);
}

/** One entry for each request and each end, and for each reading. */
async function expectWholeAudit(scene: GrantsScene, context: string): Promise<void> {
  const entries: AuditRow[] = [];
  for (const holder of [ALICE, BOB]) {
    const partition = `holder~${holder.id}`;
    const range = { partitionFrom: partition, partitionTo: partition };
    entries.push(...(await allOf(scene.world.tables.audit, range)));
  }
  const count = (grant: string, action: string) =>
    entries.filter((entry) => entry.grant === grant && entry.action === action).length;
  for (const { id, state, readings, activeSince, extensions } of await scene.grants()) {
    const about = `${context}: ${id}`;
    expect(count(id, "grantRevoked") + count(id, "grantFailed"), about).toBe(1);
    expect(count(id, "accessRead"), about).toBeLessThanOrEqual(readings);
    expect(count(id, "grantIssued"), about).toBe(activeSince === undefined ? 0 : 1);
    expect(count(id, "grantExtended"), about).toBeLessThanOrEqual(extensions);
    if (state === "Revoked") expect(count(id, "grantRequested"), about).toBe(1);
  }
}

function faultFrom(random: Random): Fault {
  const error = { code: "InternalError", message: "An internal execution error occurred." };
  return oneOf<() => Fault>(random, [
    () => ({ kind: "unsettled", error }),
    () => ({ kind: "answerLost" }),
    () => ({ kind: "late", ms: random() * LATEST }),
    () => ({ kind: "failLater", error }),
    () => ({
      kind: "throttled",
      retryAfterMs: random() * MINUTE,
      subscriptionWide: random() < 0.5,
      error: { code: "OperationNotAllowed", message: "Too many requests." },
    }),
  ])();
}
