/**
 * Restores are asked for while ARM fails, loses answers and throttles, and the process keeps dying. Afterwards it is calm:
 * each of them is complete or cleaned up.
 */
import type { Fault } from "../fakes/fake-arm/fault.ts";
import { oneOf, type Random, seeded } from "./random.ts";
import { MINUTE, RestoresScene } from "./restores-scene.ts";

const SECOND = 1000;
const HOUR = 60 * MINUTE;
/** A deletion that has no answer is given up after six hours, and begun anew. */
const CALM = 14 * HOUR;

const error = { code: "SomethingBroke", message: "It broke." };
const faults: readonly [Fault, ...Fault[]] = [
  { kind: "refused", conflict: false, error },
  { kind: "refused", conflict: true, error },
  { kind: "throttled", retryAfterMs: 5000, subscriptionWide: true, error },
  { kind: "unsettled", error },
  { kind: "answerLost" },
  { kind: "failLater", error },
];

/** How the restores ended. */
export async function rideOutRestoresStorm(seed: number): Promise<string[]> {
  const random = seeded(seed);
  const scene = await new RestoresScene().begin();
  const { world } = scene;
  const share = random() * 0.3;
  // The same id is the same request.
  const wanted = Array.from({ length: 4 }, () => asked(random));
  world.arm.fault = () => (random() < share ? oneOf(random, faults) : undefined);
  for (let step = 0; step < 60; step++) {
    if (random() < 0.3) {
      world.effects.crashAt = world.effects.count + Math.ceil(random() * 150);
    }
    const number = Math.floor(random() * wanted.length);
    if (random() < 0.3) await scene.restore(wanted[number], scene.idOf(number));
    await world.pass(random() * 60 * SECOND);
  }
  world.effects.crashAt = 0;
  world.arm.fault = () => undefined;
  await world.pass(CALM);
  await scene.expectSettled(`seed ${seed}`);
  return (await scene.rows()).map(({ state }) => state);
}

const asked = (random: Random): object => ({
  ...oneOf<object>(random, [
    { kind: "vm" },
    { kind: "vm", powerState: "stopped" },
    { kind: "vm", name: "copy-01", diskNames: "copy-{lun}" },
    { kind: "disks" },
    { kind: "disks", disks: [{ os: true }], diskNames: "one" },
  ]),
  onFailure: oneOf(random, ["cleanUp", "cleanUp", "keep"]),
});
