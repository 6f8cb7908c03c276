/** What must hold when every grant has had its time: nothing is open, nothing is locked, and no secret was written. */
import { expect } from "vitest";
import { isOver } from "../../src/lib/grants/grant.ts";
import { allOf } from "../fakes/memory-tables.ts";
import type { GrantsScene } from "./grants-scene.ts";

export async function expectNothingLeft(scene: GrantsScene, context = ""): Promise<void> {
  expect(scene.open(), context).toEqual([]);
  const going = (await scene.grants()).filter((grant) => !isOver(grant));
  expect(going, context).toEqual([]);
  const locks = await allOf(scene.world.tables.locks);
  expect(
    locks.flatMap((row) => row.locks),
    context,
  ).toEqual([]);
  expect(await scene.everything(), context).not.toContain("sig=");
}
