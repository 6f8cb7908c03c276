/** What is the client's own: requests, retries, time-outs, throttling, and where its token goes. */
import { describe, expect, test } from "vitest";
import { collectionId, TOKEN } from "../integration/arm/names.ts";
import { azuriteOfThisFile } from "../integration/arm/scene.ts";
import { MINUTE } from "../unit/operations/scene.ts";
import { accessesOf } from "./arm-accesses.ts";
import { pointsOf } from "./arm-points.ts";
import { azureArm, NEVER, realScene } from "./arm-scene.ts";

const startEmulator = azuriteOfThisFile();
const RESTORE_POINT = /\/restorePoints\//i;

async function start(settings: Parameters<typeof startEmulator>[0] = {}) {
  const real = await startEmulator(settings);
  const scene = await realScene(real);
  const points = pointsOf(scene);
  await points.putCollection();
  real.emulator.clearRequests();
  const requests = () => real.emulator.requests.map(({ method }) => method);
  return { ...real, ...scene, ...points, requests };
}

describe("each question is one request", () => {
  test("whatever the answer", async () => {
    const { arm, vm, collection, target, accepted, requests, setCreateMs } = await start();
    setCreateMs(NEVER);
    await arm.getVirtualMachine(vm);
    await arm.putRestorePointCollection(collection);
    const statusUrl = await accepted();
    await arm.look(statusUrl);
    await arm.getRestorePoint(target());
    await arm.getRestorePoint(target("t9-a1"));
    expect(requests()).toEqual(["GET", "PUT", "PUT", "GET", "GET", "GET"]);
  });

  test("about access, too", async () => {
    const scene = await start();
    const { arm, accepted, ended, diskRestorePointId, requests, emulator } = scene;
    await ended(await accepted());
    const id = await diskRestorePointId();
    const { begun, result } = accessesOf(scene);
    emulator.clearRequests();
    const { statusUrl, resultUrl } = await begun(id);
    await emulator.emulator.operations.idle();
    await arm.look(statusUrl);
    await result(resultUrl);
    await arm.endGetAccess(id);
    await arm.endGetAccess(`${id}-x`);
    await arm.beginGetAccess({ id: `${id}-x`, seconds: 60 });
    expect(requests()).toEqual(["POST", "GET", "GET", "POST", "POST", "POST"]);
  });

  test.each([
    ["a dropped connection", "reset", "unsettled"],
    ["an error of the server", { status: 503, headers: { "Retry-After": "60" } }, "unsettled"],
    ["an error before ARM", { status: 502, body: "<html>" }, "unsettled"],
    ["throttling", { status: 429, headers: { "Retry-After": "60" } }, "throttled"],
    ["a refusal", { status: 403, body: { error: { code: "AuthorizationFailed" } } }, "refused"],
    ["a token that is not taken", { status: 401 }, "refused"],
  ] as const)("%s is not tried again by the client", async (_what, answer, kind) => {
    const { emulator, putPoint, requests } = await start();
    emulator.faults.add({ method: "PUT", path: RESTORE_POINT, answer, times: 3 });
    const before = Date.now();
    expect(await putPoint()).toMatchObject({ kind });
    expect(requests()).toEqual(["PUT"]);
    expect(Date.now() - before).toBeLessThan(10_000);
  });
});

describe("ARM's words are kept", () => {
  test.each([400, 403, 404, 409, 500])("with %i", async (status) => {
    const { emulator, arm, vm, target, putPoint, collection } = await start();
    const error = { code: "SomeCode", message: "Some words." };
    emulator.faults.add({ answer: { status, body: { error } }, times: 5 });
    const asked = [
      await arm.getVirtualMachine(vm),
      await arm.getDiskShares(collectionId("x")),
      await arm.putRestorePointCollection(collection),
      await putPoint(),
      await arm.getRestorePoint(target()),
    ];
    for (const answer of asked) expect(answer).toMatchObject({ error });
  });

  test("when the VM's own counter is used up, which leaves the subscription alone", async () => {
    const { putPoint, accepted, ended } = await start({ throttlingFactor: 1 / 3 });
    await ended(await accepted());
    const answer = await putPoint("t2-a1");
    expect(answer).toMatchObject({
      kind: "throttled",
      subscriptionWide: false,
      error: { code: "OperationNotAllowed", message: expect.stringContaining("too many requests") },
    });
    if (answer.kind === "throttled") {
      expect(answer.retryAfterMs).toBeGreaterThan(50 * MINUTE);
      expect(answer.retryAfterMs).toBeLessThanOrEqual(60 * MINUTE);
    }
  });
});

describe("an accepted restore point", () => {
  test.each([
    ["a Retry-After", { retryAfterSeconds: 7 }, { retryAfterMs: 7000 }],
    ["neither Retry-After nor Location", { sendLocationOnCreate: false }, {}],
  ])("may come with %s", async (_what, settings, expected) => {
    const { putPoint } = await start(settings);
    expect(await putPoint()).toEqual({
      kind: "accepted",
      statusUrl: expect.stringMatching(/^https:\/\/localhost:\d+\/subscriptions\/.*\/operations\//),
      ...expected,
    });
  });

  test("is in a collection that says whose it is", async () => {
    const { ask, collection } = await start();
    const { body } = await ask("GET", collection.id);
    expect(body).toMatchObject({ tags: { "managed-by": "vm-restore-points" } });
  });

  test("whose answer takes too long is given up, and may be there all the same", async () => {
    const { emulator, target, reading } = await start();
    const impatient = azureArm(emulator.url, { timeoutMs: 300 });
    emulator.faults.add({ method: "PUT", path: RESTORE_POINT, answer: { delayMs: 600 } });
    const request = {
      id: target(),
      consistencyMode: "CrashConsistent",
      excludeDiskIds: [],
    } as const;
    expect(await impatient.putRestorePoint(request)).toMatchObject({
      kind: "unsettled",
      error: { code: "NoAnswer" },
    });
    await expect.poll(() => reading().catch(() => undefined), { timeout: 10_000 }).toBeDefined();
  });
});

describe("when ARM is not there", () => {
  test("nobody knows what became of a request", async () => {
    const { emulator, vm } = await start();
    const { url } = emulator;
    await emulator.close();
    const answer = await azureArm(url).getVirtualMachine(vm);
    expect(answer).toMatchObject({
      kind: "unsettled",
      error: { code: expect.stringMatching(/^ECONN/) },
    });
  });

  test("a look does not follow a status URL elsewhere", async () => {
    const [here, there] = [await start(), await start()];
    const statusUrl = await there.accepted();
    there.emulator.clearRequests();
    expect(await here.arm.look(statusUrl)).toMatchObject({ error: { code: "ForeignStatusUrl" } });
    const read = await here.arm.getAccess(`${statusUrl}&monitor=true`);
    expect(read).toMatchObject({ kind: "refused", error: { code: "ForeignResultUrl" } });
    expect(there.emulator.requests).toEqual([]);
  });
});

describe("the token", () => {
  test.each(["https://management.azure.com", "https://management.azure.com/"])(
    "is asked for with the audience %s, whatever the endpoint",
    async (audience) => {
      const { emulator, vm } = await start();
      const scopes: unknown[] = [];
      const credential = {
        getToken: async (scope: string | string[]) => {
          scopes.push(scope);
          return { token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 };
        },
      };
      const arm = azureArm(emulator.url, { credential, audience });
      expect(await arm.getVirtualMachine(vm)).toMatchObject({ kind: "found" });
      expect(scopes.flat()).toEqual(["https://management.azure.com/.default"]);
    },
  );

  test("that cannot be had is no answer of ARM: the host tries again", async () => {
    const { emulator, vm } = await start();
    const credential = { getToken: () => Promise.reject(new Error("No identity here.")) };
    const arm = azureArm(emulator.url, { credential });
    await expect(arm.getVirtualMachine(vm)).rejects.toThrow("No identity here.");
  });
});

test("an id that is none is a bug of ours", async () => {
  const { arm } = await start();
  await expect(arm.getRestorePoint("t1-a1")).rejects.toThrow("Not the id of a resource: t1-a1");
});
