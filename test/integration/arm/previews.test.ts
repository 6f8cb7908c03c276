import { describe, expect, test } from "vitest";
import { givenCollection, givenRestorePoint, givenVm } from "./given.ts";
import { collectionId, SUBSCRIPTION, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const FEATURES = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Features/providers/Microsoft.Compute/features`;
const CROSS_REGION = `${FEATURES}/VMRestorePointCrossRegionCreate`;
const INSTANT_ACCESS = `${FEATURES}/AppConsistentInstantAccessSnapshotForDirectDriveDisks`;

const notRegistered = {
  status: 400,
  body: { error: { code: "SubscriptionNotRegisteredForFeature" } },
};

const stateOf = (state: string) => ({ status: 200, body: { properties: { state } } });

describe("creating restore points in another region than the VM's", () => {
  const put = ({ ask }: Arm) =>
    ask("PUT", collectionId("far"), {
      body: { location: "northeurope", properties: { source: { id: vmId("web-01") } } },
    });

  test("is refused, as Azure has withdrawn it", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    expect(await put(arm)).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidParameter", target: "location" } },
    });
  });

  test("works by setting, and the restore points are there", async () => {
    const arm = await start({ createInOtherRegion: true });
    await givenVm(arm, "web-01");
    expect(await put(arm)).toMatchObject({ status: 201, body: { location: "northeurope" } });
    expect(await givenRestorePoint(arm, "far", "rp-1")).toMatchObject({
      provisioningState: "Succeeded",
    });
  });

  test("needs its feature where previews are enforced", async () => {
    const arm = await start({ createInOtherRegion: true, previews: "enforced" });
    await givenVm(arm, "web-01");
    expect(await put(arm)).toMatchObject(notRegistered);
    expect(await arm.ask("GET", CROSS_REGION)).toMatchObject(stateOf("NotRegistered"));
    expect(await arm.ask("POST", `${CROSS_REGION}/register`)).toMatchObject(stateOf("Registered"));
    expect((await put(arm)).status).toBe(201);
  });
});

describe("instant access", () => {
  const put = ({ ask }: Arm, name = "web-01-rpc") =>
    ask("PUT", collectionId(name), {
      body: {
        location: "westeurope",
        properties: { source: { id: vmId("web-01") }, instantAccess: true },
      },
    });

  test("needs its feature where previews are enforced", async () => {
    const arm = await start({ previews: "enforced" });
    await givenVm(arm, "web-01");
    expect(await put(arm)).toMatchObject(notRegistered);
    expect((await arm.ask("GET", collectionId("web-01-rpc"))).status).toBe(404);
    await arm.ask("POST", `${INSTANT_ACCESS}/register`);
    expect(await put(arm)).toMatchObject({
      status: 201,
      body: { properties: { instantAccess: true } },
    });
  });

  test("is switched off by PATCH, and on by PUT", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await givenCollection(arm, "web-01-rpc");
    expect((await put(arm)).status).toBe(200);
    const body = { properties: { instantAccess: false } };
    expect(await arm.ask("PATCH", collectionId("web-01-rpc"), { body })).toMatchObject({
      status: 200,
      body,
    });
  });
});

describe("features", () => {
  test("are listed, and can be unregistered", async () => {
    const { ask } = await start();
    await ask("POST", `${INSTANT_ACCESS}/register`);
    expect(await ask("GET", FEATURES)).toMatchObject({
      body: {
        value: [
          { properties: { state: "NotRegistered" } },
          { properties: { state: "Registered" } },
        ],
      },
    });
    const unregistered = await ask("POST", `${INSTANT_ACCESS}/unregister`);
    expect(unregistered).toMatchObject(stateOf("Unregistered"));
  });

  test("that the emulator does not know are 404", async () => {
    const { ask } = await start();
    expect(await ask("POST", `${FEATURES}/Nope/register`)).toMatchObject({
      status: 404,
      body: { error: { code: "FeatureNotFound" } },
    });
  });
});
