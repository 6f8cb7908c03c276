import { describe, expect, test } from "vitest";
import { givenCollection, givenProtectedVm, givenVm } from "./given.ts";
import { collectionId, LOCATION, restorePointId, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const CRASH = { consistencyMode: "CrashConsistent" };
const SUPPORTED = { status: 201 };

const create = async ({ ask }: Arm, properties: object, name = "rp-1") =>
  await ask("PUT", restorePointId("web-01-rpc", name), { body: { properties } });

const refused = (words: RegExp) => ({
  status: 409,
  body: { error: { code: "OperationNotAllowed", message: expect.stringMatching(words) } },
});

describe("crash consistency", () => {
  test.each([
    "Standard_D2s_v5",
    "standard_ds2_v2",
    "Standard_B2ms",
    "Standard_M8-2ms",
    "Standard_NC24rs_v3",
  ])("is there for %s", async (vmSize) => {
    const arm = await start();
    await givenProtectedVm(arm, { hardwareProfile: { vmSize } });
    expect(await create(arm, CRASH)).toMatchObject(SUPPORTED);
  });

  test.each(["Standard_D2_v5", "Standard_A1_v2", "Basic_A1", "Standard_NV6"])(
    "is refused for %s, which takes no premium storage; application consistency is not",
    async (vmSize) => {
      const arm = await start();
      await givenProtectedVm(arm, { hardwareProfile: { vmSize } });
      expect(await create(arm, CRASH)).toMatchObject(refused(/premium storage/));
      expect(await create(arm, {})).toMatchObject(SUPPORTED);
    },
  );
});

test("a confidential VM has no restore points, a VM with trusted launch has", async () => {
  const arm = await start();
  await givenProtectedVm(arm, { securityProfile: { securityType: "ConfidentialVM" } });
  for (const properties of [{}, CRASH]) {
    expect(await create(arm, properties)).toMatchObject(refused(/confidential/));
  }
  await givenVm(arm, "web-01", { securityProfile: { securityType: "TrustedLaunch" } });
  expect(await create(arm, CRASH)).toMatchObject(SUPPORTED);
});

test("a refusal can also come as an operation that fails, by setting", async () => {
  const arm = await start();
  arm.emulator.settings.refusals.unsupportedDisk = "failedOperation";
  await givenProtectedVm(arm, { securityProfile: { securityType: "ConfidentialVM" } });
  const accepted = await create(arm, {});
  expect(accepted.status).toBe(201);
  expect(await finished(arm, accepted)).toMatchObject({
    status: "Failed",
    error: { code: "OperationNotAllowed" },
  });
});

test("a subscription has so many collections in a region, and no more", async () => {
  const arm = await start({ collectionsPerRegion: 2 });
  await givenVm(arm, "web-01");
  for (const name of ["one", "two"]) await givenCollection(arm, name);
  const third = {
    body: { location: LOCATION, properties: { source: { id: vmId("web-01") } } },
  };
  expect(await arm.ask("PUT", collectionId("three"), third)).toMatchObject({
    status: 409,
    body: { error: { code: "QuotaExceeded" } },
  });
  expect((await arm.ask("PUT", collectionId("two"), third)).status).toBe(200);
  const copies = { location: "eastus", properties: { source: { id: collectionId("one") } } };
  expect((await arm.ask("PUT", collectionId("copies"), { body: copies })).status).toBe(201);
  await finished(arm, await arm.ask("DELETE", collectionId("one")));
  expect((await arm.ask("PUT", collectionId("three"), third)).status).toBe(201);
});

describe("a second PUT of a restore point", () => {
  test("is refused, whatever it says", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await finished(arm, await create(arm, CRASH));
    for (const properties of [CRASH, {}]) {
      expect(await create(arm, properties)).toMatchObject({
        status: 409,
        body: { error: { code: "Conflict" } },
      });
    }
  });

  test("is answered with what is there when it says the same, by setting", async () => {
    const arm = await start({ repeatedRestorePointPut: "accepted" });
    await givenProtectedVm(arm);
    await finished(arm, await create(arm, CRASH));
    expect(await create(arm, CRASH)).toMatchObject({
      status: 201,
      body: { properties: { provisioningState: "Succeeded" } },
    });
    expect((await create(arm, {})).status).toBe(409);
  });
});
