/** Grants in the way of which something stands: Azure's refusals, rows that cannot be read, messages that fail. */
import { describe, expect, test } from "vitest";
import { allOf } from "../fakes/memory-tables.ts";
import { expectNothingLeft } from "./expect-nothing-left.ts";
import { ALICE, BOB, GrantsScene, MINUTE, SECOND } from "./grants-scene.ts";

const idIn = (answer: { body: Record<string, unknown> } | undefined) => String(answer?.body["id"]);

async function protectedVm(): Promise<GrantsScene> {
  const scene = new GrantsScene();
  await scene.protect();
  return scene;
}

const actionsOf = async (scene: GrantsScene, holder: string) => {
  const partition = `holder~${holder}`;
  const range = { partitionFrom: partition, partitionTo: partition };
  return (await allOf(scene.world.tables.audit, range)).map(({ action }) => action);
};

describe("an extension", () => {
  test("that Azure refuses is taken back: the grant ends when its SAS does", async () => {
    const scene = await protectedVm();
    const answer = await scene.request(ALICE, { duration: "PT5M" });
    await scene.world.pass(10 * SECOND);
    const error = { code: "Forbidden", message: "Not for so long." };
    scene.world.arm.fault = (method) =>
      method === "beginGetAccess" ? { kind: "refused", conflict: false, error } : undefined;
    const extension = await scene.request(ALICE, { duration: "PT2H" });
    expect(extension).toMatchObject({ status: 202, body: { id: idIn(answer) } });
    await scene.world.pass(MINUTE);
    const grant = await scene.grant(idIn(answer));
    expect(grant).toMatchObject({ state: "Active", isAsking: false, error });
    expect(grant?.expiresAt).toBe(grant?.sasUntil);
    await scene.world.pass(5 * MINUTE);
    await expectNothingLeft(scene);
    // On this clock both come in the same moment.
    expect((await actionsOf(scene, "alice")).sort()).toEqual([
      ...["extensionFailed", "grantEnding", "grantExtended"],
      ...["grantIssued", "grantRequested", "grantRevoked"],
    ]);
  });

  test("for less time than is left changes nothing but the record", async () => {
    const scene = await protectedVm();
    const answer = await scene.request(ALICE, { duration: "PT1H" });
    await scene.world.pass(10 * SECOND);
    const again = await scene.request(ALICE, { duration: "PT5M" });
    expect(again?.body["expiresAt"]).toBe(answer?.body["expiresAt"]);
    expect(await actionsOf(scene, "alice")).toContain("grantExtended");
  });
});

test("a slow BeginGetAccess whose looks cannot be handled is not forgotten", async () => {
  const scene = await protectedVm();
  const { world } = scene;
  world.arm.accessMs = 90 * SECOND;
  const { get } = world.tables.operations;
  const answer = await scene.request(ALICE, { duration: "PT3M" });
  await world.pass(2 * SECOND);
  // The table fails for everybody who looks, until the message is poisoned.
  const until = world.now + 95 * SECOND;
  world.tables.operations.get = (key) =>
    world.now < until
      ? Promise.reject(new Error("Storage is away."))
      : get.call(world.tables.operations, key);
  await world.pass(20 * MINUTE);
  expect(idIn(answer)).not.toBe("");
  await expectNothingLeft(scene);
});

test("one grant that cannot be read does not keep the others open", async () => {
  const scene = await protectedVm();
  const { world } = scene;
  const { get } = world.tables.grants;
  await scene.request(ALICE, { duration: "PT2M" });
  await world.pass(5 * SECOND);
  const bad = "bob~01000000000000000000000777";
  await world.tables.grantDue.upsert({ grant: bad as never, minute: "2026-01-31T10:03" });
  world.tables.grants.get = (key) =>
    key.partitionKey === "bob"
      ? Promise.reject(new Error("It cannot be read."))
      : get.call(world.tables.grants, key);
  // The message of its expiry is lost.
  for (const queue of world.durable.queues.values())
    for (;;) {
      const message = queue.receive(1, world.now + 10 * MINUTE);
      if (message === undefined) break;
      queue.delete(message);
    }
  await world.pass(6 * MINUTE);
  expect(scene.open()).toEqual([]);
});

test("what Azure says may be as long as it likes: the grant ends, and its disk is free", async () => {
  const scene = await protectedVm();
  const error = { code: "X".repeat(300), message: "Y".repeat(20_000) };
  scene.world.arm.fault = (method) =>
    method === "beginGetAccess" ? { kind: "refused", conflict: false, error } : undefined;
  await scene.request(ALICE);
  await scene.world.pass(2 * MINUTE);
  await expectNothingLeft(scene);
  expect(await actionsOf(scene, "alice")).toContain("grantFailed");
  scene.world.arm.fault = () => undefined;
  expect(await scene.request(BOB)).toMatchObject({ status: 202 });
});

test("a holder whose request died half-way asks again, and gets it", async () => {
  const scene = await protectedVm();
  const { effects } = scene.world;
  for (let boundary = 1; boundary <= 20; boundary++) {
    const each = await protectedVm();
    each.world.effects.crashAt = each.world.effects.count + boundary;
    await each.request(ALICE);
    const answer = await each.request(ALICE);
    expect(answer?.status, `boundary ${boundary}`).toBe(202);
    await each.world.pass(2 * MINUTE);
    expect(await each.grant(idIn(answer)), `boundary ${boundary}`).toMatchObject({
      state: "Active",
    });
  }
  expect(effects.isDead).toBe(false);
});

test("an ending that waits for a late Begin does not call Azure more often than needed", async () => {
  const scene = await protectedVm();
  const { arm } = scene.world;
  let faults = 1;
  arm.fault = (method) =>
    method === "beginGetAccess" && faults-- > 0 ? { kind: "late", ms: 100 * SECOND } : undefined;
  const answer = await scene.request(ALICE, { duration: "PT1M" });
  await scene.world.pass(10 * SECOND);
  await scene.end(idIn(answer));
  await scene.world.pass(5 * MINUTE);
  expect(arm.calls.filter((call) => call === "endGetAccess").length).toBeLessThan(30);
  await expectNothingLeft(scene);
});
