/** Real kills while disks are granted, read and shut: no SAS outlives its grant, and none is unknown to the tables. */
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { startStack } from "../../local/stack/start-stack.ts";
import { succeededPoint } from "../e2e/api.ts";
import { GrantsScene } from "../e2e/grants-scene.ts";
import { addTaggedVm, killAndRestart } from "../e2e/kills.ts";
import { searchForSecrets } from "../e2e/search-for-secrets.ts";
import { waitFor } from "../e2e/wait-for.ts";
import { seeded } from "../simulation/random.ts";

const KILLS = 40;
const page = z.object({ value: z.array(z.looseObject({ state: z.string() })) });

test(`${KILLS} kills at random times: every disk is shut, and every grant is over`, async () => {
  const seed = Date.now() % 1_000_000;
  const random = seeded(seed);
  const stack = await startStack({
    seed: false,
    arm: { crashConsistentCreateMs: 300, ignoreSasExpiry: true },
    env: { LOCAL_QUEUE_VISIBILITY_SECONDS: "3", ARM_TIMEOUT_SECONDS: "1" },
  });
  try {
    const scene = new GrantsScene(stack);
    const names = Array.from({ length: KILLS }, (_, number) => `vm-${number}`);
    const points = new Map<string, string>();
    await Promise.all(names.map((name) => addTaggedVm(stack, name)));
    for (const name of names) points.set(name, (await succeededPoint(stack, name)).name);
    for (const name of names) {
      // Whoever asks does so again until there is an answer, as a partner's client does.
      const asked = scene
        .request("operator", name, points.get(name) ?? "", "PT1M")
        .catch(() => undefined);
      // Not a wait for anything: the moment of the kill is what is random. Earlier grants expire meanwhile.
      await delay(random() * 3000);
      await killAndRestart(stack);
      const answer =
        (await asked) ?? (await scene.request("operator", name, points.get(name) ?? "", "PT1M"));
      expect([202, 409, 500, 503], `seed ${seed}, ${name}`).toContain(answer.status);
    }
    await waitFor(
      "every grant to be over",
      async () => {
        const { body } = await scene.ask("operator", "GET", "/grants?top=200");
        const { value } = page.parse(body);
        return value.every(({ state }) => state === "Revoked" || state === "Failed") || undefined;
      },
      600_000,
    );
    const open = [...stack.arm.emulator.state.accesses.under("/")];
    expect(
      open.map(({ id }) => id),
      `seed ${seed}`,
    ).toEqual([]);
    expect(await searchForSecrets(stack), `seed ${seed}`).toEqual([]);
  } finally {
    await stack.close();
  }
});
