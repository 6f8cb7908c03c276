import { describe, expect, test } from "vitest";
import { allOf } from "../fakes/memory-tables.ts";
import { ALICE, BOB, GrantsScene, MINUTE, SECOND } from "./grants-scene.ts";

const idIn = (answer: { body: Record<string, unknown> } | undefined) => String(answer?.body["id"]);

async function protectedVm(): Promise<GrantsScene> {
  const scene = new GrantsScene();
  await scene.protect();
  return scene;
}

describe("a grant", () => {
  test("opens the disk to its holder for as long as was granted, and to nobody afterwards", async () => {
    const scene = await protectedVm();
    const answer = await scene.request(ALICE, { duration: "PT5M" });
    expect(answer).toMatchObject({ status: 202, body: { state: "Granting" } });
    await scene.world.pass(10 * SECOND);
    const reading = await scene.read(idIn(answer));
    expect(reading?.status).toBe(200);
    const url = String(reading?.body["accessSas"]);
    expect(scene.world.arm.opens(url)).toBe(true);
    await scene.world.pass(5 * MINUTE - 11 * SECOND);
    expect(scene.world.arm.opens(url)).toBe(true);
    await scene.world.pass(2 * SECOND);
    expect(scene.open()).toEqual([]);
    await scene.world.pass(10 * SECOND);
    expect(await scene.grant(idIn(answer))).toMatchObject({
      state: "Revoked",
      ending: { cause: "expired" },
      readings: 1,
    });
    const audit = await allOf(scene.world.tables.audit, {
      partitionFrom: "holder~alice",
      partitionTo: "holder~alice",
    });
    expect(audit.map(({ action }) => action)).toEqual([
      "grantRequested",
      "grantIssued",
      "accessRead",
      "grantEnding",
      "grantRevoked",
    ]);
    expect(await allOf(scene.world.tables.locks)).toMatchObject([{ locks: [] }]);
    expect(await scene.everything()).not.toContain("sig=");
  });
});

test("the operation that DELETE names can be asked about at once, until the end is confirmed", async () => {
  const scene = await protectedVm();
  const asked = await scene.request(ALICE, { duration: "PT5M" });
  await scene.world.pass(10 * SECOND);
  const ended = await scene.end(idIn(asked));
  const { pathname } = new URL(ended?.headers["Operation-Location"] ?? "");
  const id = decodeURIComponent(pathname.split("/operations/")[1] ?? "");
  const status = async () =>
    (await scene.ask("GetOperation", ALICE, { params: { operation: id } }))?.body["status"];
  expect(await status()).toBe("Running");
  await scene.world.pass(10 * SECOND);
  expect(await status()).toBe("Succeeded");
});

test("a grant is one operation to whoever asked for it", async () => {
  const scene = await protectedVm();
  const asked = await scene.request(BOB, { disk: undefined });
  expect(asked).toMatchObject({ status: 202, body: { value: [{ state: "Granting" }] } });
  const { pathname } = new URL(asked?.headers["Operation-Location"] ?? "");
  const id = decodeURIComponent(pathname.split("/operations/")[1] ?? "");
  await scene.world.pass(10 * SECOND);
  expect((await scene.ask("GetOperation", BOB, { params: { operation: id } }))?.body).toMatchObject(
    {
      kind: "grantAccess",
      status: "Succeeded",
    },
  );
});
