import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  addTaggedVm,
  expectOneRestorePoint,
  killAndRestart,
  startKillableStack,
} from "../e2e/kills.ts";
import { seeded } from "../simulation/random.ts";

const KILLS = 50;

test(`${KILLS} kills at random times: every tagged VM ends with exactly one restore point`, async () => {
  const seed = Date.now() % 1_000_000;
  const random = seeded(seed);
  const stack = await startKillableStack();
  try {
    const names: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const name = `vm-${kill}`;
      names.push(name);
      await addTaggedVm(stack, name);
      // Not a wait for anything: the moment of the kill is what is random.
      await delay(random() * 4000);
      await killAndRestart(stack);
    }
    for (const name of names) await expectOneRestorePoint(stack, name);
    expect(names, `seed ${seed}`).toHaveLength(KILLS);
  } finally {
    await stack.close();
  }
});
