import { describe, expect, test } from "vitest";
import { headerOf } from "./ask.ts";
import { givenCollection, givenProtectedVm, givenRestorePoint, givenVm, POLL } from "./given.ts";
import { GROUP, restorePointId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const CRASH = { properties: { consistencyMode: "CrashConsistent" } };

const put = async ({ ask }: Arm, name: string, body: object = CRASH, collection = "web-01-rpc") =>
  await ask("PUT", restorePointId(collection, name), { body });

describe("two restore points of a VM at once", () => {
  const concurrent = {
    code: "VMRestorePointClientError",
    message:
      "RestorePoint creation failed since a concurrent 'Create RestorePoint' operation was triggered on the VM.",
  };

  test("are one too many, also in another collection and another mode", async () => {
    const arm = await start({ crashConsistentCreateMs: 60_000 });
    await givenProtectedVm(arm);
    await givenCollection(arm, "other-rpc");
    await put(arm, "rp-1");
    expect(await put(arm, "rp-2", {}, "other-rpc")).toMatchObject({
      status: 409,
      body: { error: concurrent },
    });
    expect((await arm.ask("GET", restorePointId("other-rpc", "rp-2"))).status).toBe(404);
  });

  test("sent together give one, whichever it is", async () => {
    const arm = await start({ crashConsistentCreateMs: 60_000 });
    await givenProtectedVm(arm);
    const answers = await Promise.all(["a", "b", "c"].map((name) => put(arm, name)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test("of different VMs are made", async () => {
    const arm = await start({ crashConsistentCreateMs: 60_000 });
    await givenProtectedVm(arm);
    await givenVm(arm, "web-02");
    await givenCollection(arm, "web-02-rpc", "web-02");
    expect((await put(arm, "rp-1")).status).toBe(201);
    expect((await put(arm, "rp-1", CRASH, "web-02-rpc")).status).toBe(201);
  });

  test("may, by setting, be found out later", async () => {
    const arm = await start({ crashConsistentCreateMs: 300 });
    arm.emulator.settings.refusals.concurrentCreate = "failedOperation";
    await givenProtectedVm(arm);
    const [first, second] = [await put(arm, "rp-1"), await put(arm, "rp-2")];
    expect(second.status).toBe(201);
    expect(await finished(arm, second)).toMatchObject({ status: "Failed", error: concurrent });
    expect(await finished(arm, first)).toMatchObject({ status: "Succeeded" });
    expect((await arm.ask("GET", restorePointId("web-01-rpc", "rp-2"))).body).toMatchObject({
      properties: { provisioningState: "Failed" },
    });
  });
});

describe("the fourth restore point of a VM in an hour", () => {
  test("is 429 with Retry-After and a body without `error`", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    for (const name of ["rp-1", "rp-2", "rp-3"]) await givenRestorePoint(arm, "web-01-rpc", name);
    const fourth = await put(arm, "rp-4");
    expect(fourth.status).toBe(429);
    const seconds = Number(headerOf(fourth, "Retry-After"));
    expect(seconds).toBeGreaterThan(3500);
    expect(seconds).toBeLessThanOrEqual(3600);
    expect(headerOf(fourth, "x-ms-ratelimit-remaining-resource")).toContain(
      "Microsoft.Compute/CreateCrashConsistentRestorePoint;0",
    );
    expect(fourth.body).toMatchObject({
      code: "OperationNotAllowed",
      message: expect.any(String),
      details: [{ code: "TooManyRequests", target: "CreateCrashConsistentRestorePoint" }],
    });
    expect(fourth.body).not.toHaveProperty("error");
    expect((await arm.ask("GET", restorePointId("web-01-rpc", "rp-4"))).status).toBe(404);
  });

  test("is made when it has the other mode, or is of another VM", async () => {
    const arm = await start({ throttlingFactor: 1 / 3 });
    await givenProtectedVm(arm);
    await givenVm(arm, "web-02");
    await givenCollection(arm, "web-02-rpc", "web-02");
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    expect((await put(arm, "rp-2")).status).toBe(429);
    expect((await put(arm, "rp-1", CRASH, "web-02-rpc")).status).toBe(201);
    expect((await put(arm, "rp-2", {})).status).toBe(201);
  });

  test("reaches the SDK's caller as an error with the header", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    arm.emulator.emulator.throttling.throttleNext({
      policy: "CreateCrashConsistentRestorePoint",
      retryAfterSeconds: 600,
    });
    await expect(givenRestorePoint(arm, "web-01-rpc", "rp-1")).rejects.toMatchObject({
      statusCode: 429,
    });
  });
});

describe("the number of restore points of a VM", () => {
  const full = {
    code: "VMRestorePointClientError",
    message: expect.stringMatching(/snapshot limit/),
  };

  test("is limited over all its collections, until one is deleted", async () => {
    const arm = await start({ restorePointsPerVm: 2 });
    await givenProtectedVm(arm);
    await givenCollection(arm, "other-rpc");
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    await givenRestorePoint(arm, "other-rpc", "rp-1");
    expect(await put(arm, "rp-2")).toMatchObject({ status: 409, body: { error: full } });
    await arm.client.restorePoints.delete(GROUP, "other-rpc", "rp-1", POLL);
    expect((await put(arm, "rp-2")).status).toBe(201);
  });

  test("may, by setting, be found out later", async () => {
    const arm = await start({ restorePointsPerVm: 0 });
    arm.emulator.settings.refusals.restorePointLimit = "failedOperation";
    await givenProtectedVm(arm);
    expect(await finished(arm, await put(arm, "rp-1"))).toMatchObject({
      status: "Failed",
      error: full,
    });
  });
});
