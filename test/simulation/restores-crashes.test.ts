/** Restores whose process dies between any two effects: each ends complete or cleaned up, and nothing is unknown. */
import { expect, test } from "vitest";
import { MINUTE, RestoresScene, SETTLED } from "./restores-scene.ts";

const begun = () => new RestoresScene({ dataDisks: 1 }).begin();

/** Runs `act` undisturbed, and then once for each boundary of it, where the process dies. */
async function atEveryBoundary(
  act: (scene: RestoresScene) => Promise<void>,
  check: (scene: RestoresScene, context: string) => Promise<void>,
  prepare: (scene: RestoresScene) => void = () => undefined,
): Promise<number> {
  const undisturbed = await begun();
  prepare(undisturbed);
  const first = undisturbed.world.effects.count;
  await act(undisturbed);
  const boundaries = undisturbed.world.effects.count - first;
  await undisturbed.world.pass(SETTLED);
  await check(undisturbed, "undisturbed");
  for (let crashAt = 1; crashAt <= boundaries; crashAt++) {
    const scene = await begun();
    prepare(scene);
    scene.world.effects.crashAt = first + crashAt;
    await act(scene);
    await scene.world.pass(SETTLED);
    const context = `crash at boundary ${crashAt} of ${boundaries}`;
    expect(scene.world.crashes, context).toBe(1);
    await check(scene, context);
  }
  return boundaries;
}

/** Whoever asks sends the request again until it is answered. */
async function restoreUntilAnswered(scene: RestoresScene): Promise<void> {
  for (let tries = 0; tries < 5 && (await scene.restore()) === undefined; tries++) {
    await scene.world.pass(MINUTE);
  }
  await scene.world.pass(3 * MINUTE);
}

async function expectRestored(scene: RestoresScene, context: string): Promise<void> {
  await scene.expectSettled(context);
  expect(await scene.rows(), context).toMatchObject([{ state: "Succeeded", attempt: 1 }]);
  expect(await scene.audited("restoreRequested"), context).toBe(2);
  expect(await scene.audited("restoreSucceeded"), context).toBe(1);
}

test("a restore that is asked for until it is answered makes the VM once", async () => {
  expect(await atEveryBoundary(restoreUntilAnswered, expectRestored)).toBeGreaterThan(100);
});

test("a restore that was recorded is carried out, though whoever asked never asks again", async () => {
  await atEveryBoundary(
    async (scene) => {
      await scene.restore();
      await scene.world.pass(3 * MINUTE);
    },
    async (scene, context) => {
      if ((await scene.rows()).length > 0) await expectRestored(scene, context);
      else await scene.expectSettled(context);
    },
  );
});

test("a restore whose VM Azure refuses is cleaned up, wherever the process dies", async () => {
  await atEveryBoundary(
    restoreUntilAnswered,
    async (scene, context) => {
      await scene.expectSettled(context);
      const [row, ...others] = await scene.rows();
      expect(others, context).toEqual([]);
      // The second is all that Azure says of the VM itself, once nobody can ask for its operation any more.
      const code = expect.stringMatching(/^(AllocationFailed|ProvisioningFailed)$/);
      expect(row, context).toMatchObject({ state: "Failed", error: { code } });
      // Whoever asks again after it has failed has it tried again.
      expect(await scene.audited("restoreFailed"), context).toBe(row?.attempt);
    },
    ({ world }) => {
      const error = { code: "AllocationFailed", message: "There is no capacity." };
      world.arm.fault = (method) =>
        method === "putVirtualMachine" ? { kind: "failLater", error } : undefined;
    },
  );
});
