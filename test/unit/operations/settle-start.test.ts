import { describe, expect, test } from "vitest";
import { startOperation } from "../../../src/lib/operations/start-operation.ts";
import { trackOperation } from "../../../src/lib/operations/track-operation.ts";
import type { Fault } from "../../fakes/fake-arm/fault.ts";
import { MINUTE, Scene, SECOND, serverError, throttled } from "./scene.ts";

const BUDGET = "createRestorePoint~11111111-2222-3333-4444-555555555555~westeurope";

/** The first PUT of a restore point meets `fault`; every other request is as usual. */
async function started(fault: Fault, scene = new Scene()): Promise<Scene> {
  await scene.prepare();
  const faults = [fault];
  scene.arm.fault = (method) => (method === "putRestorePoint" ? faults.shift() : undefined);
  await startOperation(scene)(scene.id, scene.log);
  return scene;
}

describe("a start that is throttled", () => {
  test("is due again after Retry-After, and nothing else of it is left", async () => {
    const scene = await started(throttled(false));
    const operation = await scene.operation();
    expect(operation).toMatchObject({
      state: "Planned",
      startAt: scene.later(30 * SECOND),
      transientErrors: 0,
    });
    expect(operation).not.toHaveProperty("leaseUntil");
    expect(scene.delayed.sent).toEqual([
      { queue: "start-operation", message: { operation: scene.id }, delayMs: 30 * SECOND },
    ]);
  });

  test("by the VM's own counter leaves the rest of the fleet its starts", async () => {
    const scene = await started(throttled(false));
    expect(await scene.pace.nextStart(BUDGET, scene.now())).toEqual(scene.now());
  });

  test("by the subscription's counter holds the whole fleet back", async () => {
    const scene = await started(throttled(true));
    const next = await scene.pace.nextStart(BUDGET, scene.now());
    expect(next.getTime()).toBeGreaterThanOrEqual(scene.at + 30 * SECOND);
  });

  test("over and over ends with its deadline, not with a number of tries", async () => {
    const scene = new Scene();
    const { deadlineAt } = await scene.prepare();
    scene.arm.fault = (method) =>
      method === "putRestorePoint" ? throttled(false, 10 * MINUTE) : undefined;
    let tries = 0;
    while ((await scene.operation()).state === "Planned" && tries < 100) {
      await startOperation(scene)(scene.id, scene.log);
      scene.at += 10 * MINUTE;
      tries++;
    }
    expect(tries).toBeGreaterThan(20);
    expect(scene.at).toBeGreaterThan(Date.parse(deadlineAt));
    expect(await scene.operation()).toMatchObject({ error: { code: "DeadlineExceeded" } });
  });
});

describe("a start whose answer was lost", () => {
  test("is looked up by name after a while", async () => {
    const scene = await started({ kind: "answerLost" });
    expect(await scene.operation()).toMatchObject({
      state: "Submitting",
      leaseUntil: scene.later(2 * SECOND),
      transientErrors: 1,
      error: { code: "ECONNRESET" },
    });
    scene.at += 2 * SECOND;
    scene.arm.calls.length = 0;
    await startOperation(scene)(scene.id, scene.log);
    expect(scene.arm.calls).toEqual(["getRestorePoint"]);
    const operation = await scene.operation();
    expect(operation).toMatchObject({ state: "InProgress", transientErrors: 0 });
    expect(operation).not.toHaveProperty("error");
  });

  test("is sent again when Azure never had it, ten times and no more", async () => {
    const scene = new Scene();
    await scene.prepare();
    scene.arm.fault = (method) => (method === "putRestorePoint" ? serverError : undefined);
    for (let tries = 0; tries < 20; tries++) {
      await startOperation(scene)(scene.id, scene.log);
      scene.at += MINUTE;
    }
    expect(scene.arm.calls.filter((call) => call === "putRestorePoint")).toHaveLength(10);
    expect(await scene.operation()).toMatchObject({
      state: "Failed",
      error: { code: "InternalServerError" },
    });
  });

  test("stays unsettled until its name could be read, up to the deadline", async () => {
    const scene = new Scene();
    const { deadlineAt } = await scene.prepare();
    scene.arm.fault = () => serverError;
    for (let tries = 0; tries < 30; tries++) {
      await startOperation(scene)(scene.id, scene.log);
      scene.at += MINUTE;
    }
    expect(await scene.operation()).toMatchObject({ state: "Submitting" });
    scene.at = Date.parse(deadlineAt);
    await startOperation(scene)(scene.id, scene.log);
    expect(await scene.operation()).toMatchObject({
      state: "Failed",
      error: { code: "InternalServerError", advice: expect.stringContaining("may be there") },
    });
    expect((await scene.protection()).openSlots).toEqual([]);
  });

  test("waits longer after each error in a row, up to a minute", async () => {
    const scene = new Scene();
    await scene.prepare();
    scene.arm.fault = () => serverError;
    for (let tries = 0; tries < 8; tries++) {
      await startOperation(scene)(scene.id, scene.log);
      scene.at += MINUTE;
    }
    const delays = scene.delayed.sent.map(({ delayMs }) => delayMs / SECOND);
    expect(delays).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });
});

describe("a start that is refused", () => {
  test("ends the attempt with Azure's code, and what would mend it", async () => {
    const error = { code: "VMRestorePointClientError", message: "Shared disks are not supported." };
    const scene = await started({ kind: "refused", conflict: false, error });
    expect(await scene.operation()).toMatchObject({
      state: "Failed",
      error: { ...error, advice: "Exclude the shared disk in the tag." },
    });
  });

  test("because the restore point is there already is the same as accepted", async () => {
    const scene = new Scene();
    await scene.putInAzure(await scene.prepare());
    await startOperation(scene)(scene.id, scene.log);
    expect(await scene.operation()).toMatchObject({ state: "InProgress", look: 1 });
    expect(scene.delayed.sent).toMatchObject([{ queue: "track-operation" }]);
  });

  test("because an older restore point has the name is made under the next one", async () => {
    const scene = new Scene();
    const attempt = await scene.prepare();
    await scene.putInAzure(attempt);
    // The tables were lost in between, and the slots of the VM are counted anew.
    scene.at += 30 * 24 * 60 * MINUTE;
    await scene.prepare();
    await startOperation(scene)(scene.id, scene.log);
    await trackOperation(scene)({ operation: scene.id, look: 1 }, scene.log);
    expect(await scene.operation()).toMatchObject({
      state: "Failed",
      error: { code: "NameTaken" },
    });
    expect(await scene.protection()).toMatchObject({ openSlots: [{ slot: "t1", attempt: 2 }] });
  });

  test("with a conflict that has another cause fails", async () => {
    const error = { code: "Conflict", message: "Another one is being made." };
    const scene = await started({ kind: "refused", conflict: true, error });
    expect(await scene.operation()).toMatchObject({ state: "Failed", error: { code: "Conflict" } });
  });

  test("with a conflict that cannot be looked into is unsettled", async () => {
    const scene = new Scene();
    await scene.putInAzure(await scene.prepare());
    scene.arm.fault = (method) => (method === "getRestorePoint" ? serverError : undefined);
    await startOperation(scene)(scene.id, scene.log);
    expect(await scene.operation()).toMatchObject({ state: "Submitting", transientErrors: 1 });
  });
});
