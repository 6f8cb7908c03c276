/** Grants whose process dies between any two effects, whose requests are lost or late, and whose Azure is away. */
import { describe, expect, test } from "vitest";
import { isOver } from "../../src/lib/grants/grant.ts";
import type { Fault } from "../fakes/fake-arm/fault.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { expectNothingLeft } from "./expect-nothing-left.ts";
import { ALICE, GrantsScene, MINUTE, SECOND } from "./grants-scene.ts";

const GRANTED = 2 * MINUTE;

/** A holder who asks again until it is answered, reads once, and waits for the end. */
async function liveThrough(scene: GrantsScene): Promise<void> {
  const { world } = scene;
  let id: string | undefined;
  for (let tries = 0; tries < 20 && id === undefined; tries++) {
    const answer = await scene.request(ALICE, { duration: "PT2M" });
    if (answer?.status === 202) id = String(answer.body["id"]);
    else await step(scene, 20 * SECOND);
  }
  if (id === undefined) throw new Error("The request was never answered.");
  for (let tries = 0; tries < 20; tries++) {
    await step(scene, 5 * SECOND);
    const reading = await scene.read(id);
    if (reading === undefined || reading.status === 409) continue;
    break;
  }
  // A lost message costs a visit of the sweep; a process that dies there as well another one.
  const until = world.now + GRANTED + 6 * MINUTE;
  while (world.now < until) await step(scene, 10 * SECOND);
}

/** Lets time pass; whatever is open then belongs to a grant that is to be ended. */
async function step(scene: GrantsScene, ms: number): Promise<void> {
  await scene.world.pass(ms);
  if (scene.open().length === 0) return;
  const grants = await scene.grants();
  const known = grants.some((grant) => !isOver(grant));
  expect(known, "an open disk has a grant that is not over").toBe(true);
}

async function expectAllEnded(scene: GrantsScene, context: string): Promise<void> {
  expect((await scene.grants()).length, context).toBeGreaterThan(0);
  await expectNothingLeft(scene, context);
  expect(await allOf(scene.world.tables.active), context).toEqual([]);
}

/** A process that dies while it tells leaves its message invisible for ten minutes. */
async function expectTold(scene: GrantsScene, context: string): Promise<void> {
  await scene.world.pass(11 * MINUTE);
  for (const { id, state, activeSince, ending } of await scene.grants()) {
    const told = [
      ...(activeSince === undefined ? [] : ["GrantIssued"]),
      ...(ending?.lateSince === undefined ? [] : ["GrantLate"]),
      ...(state === "Revoked" ? ["GrantRevoked"] : []),
    ];
    // What was told late comes late.
    expect([...new Set(scene.told(id))].sort(), context).toEqual(told);
  }
}

async function begun(): Promise<GrantsScene> {
  const scene = new GrantsScene();
  await scene.protect();
  return scene;
}

describe("a crash at every boundary between two effects of a grant", () => {
  test("leaves no disk open, and no grant or lock behind, and operators are told", async () => {
    const undisturbed = await begun();
    const first = undisturbed.world.effects.count;
    await liveThrough(undisturbed);
    await expectAllEnded(undisturbed, "undisturbed");
    const [grant] = await undisturbed.grants();
    expect(undisturbed.told(grant?.id ?? "")).toEqual(["GrantIssued", "GrantRevoked"]);
    const boundaries = undisturbed.world.effects.count - first;
    expect(boundaries).toBeGreaterThan(60);

    for (let crashAt = 1; crashAt <= boundaries; crashAt++) {
      const scene = await begun();
      scene.world.effects.crashAt = first + crashAt;
      await liveThrough(scene);
      const context = `crash at boundary ${crashAt} of ${boundaries}`;
      await expectAllEnded(scene, context);
      await expectTold(scene, context);
    }
  });
});

const late = (ms: number): Fault => ({ kind: "late", ms });
const lost: Fault = { kind: "answerLost" };
const down: Fault = { kind: "unsettled", error: { code: "ServiceUnavailable", message: "Later." } };

describe("a BeginGetAccess", () => {
  test("that lands after the EndGetAccess is ended again", async () => {
    const scene = await begun();
    let faults = 1;
    scene.world.arm.fault = (method) =>
      method === "beginGetAccess" && faults-- > 0 ? late(60 * SECOND) : undefined;
    const answer = await scene.request(ALICE, { duration: "PT1M" });
    const id = String(answer?.body["id"]);
    // The engine begins again, and that one is the one that is read.
    await scene.world.pass(20 * SECOND);
    await scene.end(id);
    await scene.world.pass(30 * SECOND);
    expect(await scene.grant(id)).toMatchObject({ state: "Revoking" });
    await scene.world.pass(5 * MINUTE);
    expect(await scene.grant(id)).toMatchObject({ state: "Revoked" });
    await expectAllEnded(scene, "late begin");
  });

  test.each([1, 3, 10])(
    "whose answers are lost %i times is sent again, and ended",
    async (times) => {
      const scene = await begun();
      let faults = times;
      scene.world.arm.fault = (method) =>
        method === "beginGetAccess" && faults-- > 0 ? lost : undefined;
      await liveThrough(scene);
      await scene.world.pass(5 * MINUTE);
      await expectAllEnded(scene, "lost answers");
    },
  );

  test("that Azure refuses fails the grant, with its reason, and frees the disk", async () => {
    const scene = await begun();
    const error = { code: "Forbidden", message: "Not you." };
    scene.world.arm.fault = (method) =>
      method === "beginGetAccess" ? { kind: "refused", conflict: false, error } : undefined;
    const answer = await scene.request();
    await scene.world.pass(MINUTE);
    expect(await scene.grant(String(answer?.body["id"]))).toMatchObject({ state: "Failed", error });
    await expectAllEnded(scene, "refused");
  });
});

describe("ARM that is down for minutes at the expiry", () => {
  test.each([
    ["it answers with errors", down],
    [
      "it throttles",
      {
        kind: "throttled",
        retryAfterMs: 17_000,
        subscriptionWide: true,
        error: { code: "TooManyRequests", message: "" },
      } as const,
    ],
    [
      "it refuses",
      { kind: "refused", conflict: true, error: { code: "Conflict", message: "" } } as const,
    ],
  ])(
    "leaves the disk open no longer than to the first call that succeeds, when %s",
    async (_how, fault) => {
      const scene = await begun();
      const { world } = scene;
      const answer = await scene.request(ALICE, { duration: "PT1M" });
      await world.pass(10 * SECOND);
      expect(scene.open()).toHaveLength(1);
      let firstSuccess: number | undefined;
      const upAgain = world.now + 8 * MINUTE;
      world.arm.fault = (method) => {
        if (world.now < upAgain) return fault;
        if (method === "endGetAccess") firstSuccess ??= world.now;
        return undefined;
      };
      while (world.now < upAgain + 2 * MINUTE && scene.open().length > 0) await world.pass(SECOND);
      expect(firstSuccess).toBeDefined();
      expect(world.now - (firstSuccess ?? 0)).toBeLessThanOrEqual(2 * SECOND);
      expect(world.now - upAgain).toBeLessThanOrEqual(61 * SECOND);
      await world.pass(MINUTE);
      const id = String(answer?.body["id"]);
      expect(await scene.grant(id)).toMatchObject({
        state: "Revoked",
        ending: { cause: "expired" },
      });
      const audit = await allOf(world.tables.audit, {
        partitionFrom: "holder~alice",
        partitionTo: "holder~alice",
      });
      expect(audit.filter(({ action }) => action === "revocationLate")).toHaveLength(1);
      expect(scene.lines.some((line) => line.startsWith("revocationLate"))).toBe(true);
      expect(scene.told(id)).toEqual(["GrantIssued", "GrantLate", "GrantRevoked"]);
      await expectAllEnded(scene, "ARM was down");
    },
  );
});
