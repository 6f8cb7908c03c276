/** How many grants there are, and how many of them have not ended in time, as the sweep tells it every minute. */
import { expect, test } from "vitest";
import { ALICE, BOB, GrantsScene, MINUTE, SECOND } from "./grants-scene.ts";

const counted = ({ lines }: GrantsScene): string[] =>
  lines.flatMap((line) => /grantsSwept (active=\d+ late=\d+)/.exec(line)?.[1] ?? []);

async function granted(duration: string): Promise<{ scene: GrantsScene; id: string }> {
  const scene = new GrantsScene();
  await scene.protect();
  const answer = await scene.request(ALICE, { duration });
  await scene.world.pass(10 * SECOND);
  return { scene, id: String(answer?.body["id"]) };
}

test("a grant counts once from its request to its end, also when it is extended", async () => {
  const { scene } = await granted("PT3M");
  await scene.world.pass(MINUTE);
  await scene.request(ALICE, { duration: "PT5M" });
  await scene.world.pass(4 * MINUTE);
  expect(new Set(counted(scene).slice(-4))).toEqual(new Set(["active=1 late=0"]));
  await scene.world.pass(3 * MINUTE);
  expect(counted(scene).at(-1)).toBe("active=0 late=0");
});

test("a grant that ends early counts no longer, although its expiry is yet to come", async () => {
  const { scene, id } = await granted("PT1H");
  await scene.end(id);
  await scene.world.pass(2 * MINUTE);
  expect(counted(scene).at(-1)).toBe("active=0 late=0");
});

test("a request that is refused is no grant", async () => {
  const { scene } = await granted("PT1H");
  expect(await scene.request(BOB)).toMatchObject({ status: 409 });
  await scene.world.pass(2 * MINUTE);
  expect(new Set(counted(scene).slice(-2))).toEqual(new Set(["active=1 late=0"]));
});

test("a grant whose access Azure does not end counts as late until it has", async () => {
  const { scene } = await granted("PT2M");
  const { arm } = scene.world;
  const error = { code: "InternalServerError", message: "Not now." };
  arm.fault = (method) => (method === "endGetAccess" ? { kind: "unsettled", error } : undefined);
  await scene.world.pass(6 * MINUTE);
  expect(counted(scene).at(-1)).toBe("active=1 late=1");
  arm.fault = () => undefined;
  await scene.world.pass(5 * MINUTE);
  expect(counted(scene).at(-1)).toBe("active=0 late=0");
});
