/** Every single request of a restore to Azure fails in every way: the restore ends complete or cleaned up. */
import { describe, expect, test } from "vitest";
import type { Arm } from "../../src/lib/operations/arm.ts";
import type { Fault } from "../fakes/fake-arm/fault.ts";
import { MINUTE, RestoresScene, SETTLED } from "./restores-scene.ts";

const error = { code: "SomethingBroke", message: "It broke." };
const throttled: Fault = {
  ...{ kind: "throttled", retryAfterMs: 7000, subscriptionWide: true },
  error: { code: "TooManyRequests", message: "Later." },
};
const unsettled: Fault = { kind: "unsettled", error: { code: "NoAnswer", message: "It hangs." } };

const FAULTS: readonly (readonly [string, Fault])[] = [
  ["is refused", { kind: "refused", conflict: false, error }],
  ["is refused as a conflict", { kind: "refused", conflict: true, error }],
  ["finds nothing", { kind: "notFound", error: { code: "ResourceNotFound", message: "Gone." } }],
  ["is throttled", throttled],
  ["hangs, and is not carried out", unsettled],
  ["hangs, and is carried out", { kind: "answerLost" }],
  ["is accepted, and fails later", { kind: "failLater", error }],
];

/** The requests of one restore, in order; `act` begins it. */
async function requestsOf(act: (scene: RestoresScene) => Promise<unknown>): Promise<number> {
  const scene = await new RestoresScene().begin();
  const before = scene.world.arm.calls.length;
  await act(scene);
  await scene.world.pass(SETTLED);
  return scene.world.arm.calls.length - before;
}

/** The request number `failing` meets the fault, `times` times if it is repeated. */
async function withFaultAt(
  failing: number,
  fault: Fault,
  act: (scene: RestoresScene) => Promise<unknown>,
  times = 1,
): Promise<RestoresScene> {
  const scene = await new RestoresScene().begin();
  const usual = scene.world.arm.fault;
  let count = 0;
  let failed: keyof Arm | undefined;
  let left = times;
  scene.world.arm.fault = (method) => {
    count++;
    if (count < failing || left === 0 || (failed !== undefined && failed !== method)) {
      return usual(method);
    }
    failed = method;
    left--;
    return fault;
  };
  await act(scene);
  await scene.world.pass(SETTLED);
  return scene;
}

const vm = (scene: RestoresScene) => scene.restore();
const stopped = (scene: RestoresScene) =>
  scene.restore({ kind: "vm", powerState: "stopped", name: "copy-01", diskNames: "copy-{lun}" });

describe.each([
  ["of a VM", vm],
  ["of a VM with names of its own that is left stopped", stopped],
])("a restore %s", (_what, act) => {
  test.each(FAULTS)("ends complete or cleaned up when any one request %s", async (_how, fault) => {
    const requests = await requestsOf(act);
    expect(requests).toBeGreaterThan(10);
    const ends = new Set<string>();
    for (let failing = 1; failing <= requests; failing++) {
      const scene = await withFaultAt(failing, fault, act);
      await scene.expectSettled(`request ${failing} of ${requests}`);
      for (const { state } of await scene.rows()) ends.add(state);
    }
    expect(ends.has("Succeeded")).toBe(true);
  });

  test.each(FAULTS)(
    "likewise when it goes on for a quarter of an hour, and each %s",
    async (_how, fault) => {
      const requests = await requestsOf(act);
      for (let failing = 1; failing <= requests; failing++) {
        const scene = await withFaultAt(
          failing,
          fault,
          async (begun) => {
            await act(begun);
            await begun.world.pass(15 * MINUTE);
            begun.world.arm.fault = () => undefined;
          },
          Number.POSITIVE_INFINITY,
        );
        await scene.world.pass(SETTLED);
        await scene.expectSettled(`requests from ${failing} of ${requests} on`);
      }
    },
  );
});
