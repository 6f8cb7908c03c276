import { describe, expect, test } from "vitest";
import { headerOf } from "./ask.ts";
import { all, givenCollection, givenProtectedVm, givenRestorePoint, givenVm } from "./given.ts";
import { collectionId, GROUP, LOCATION, restorePointId, vmId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const bodyFor = (vm: string, location = LOCATION) => ({
  location,
  properties: { source: { id: vmId(vm) } },
});

describe("creating a collection", () => {
  test("answers 201, and 200 when it was there", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const path = collectionId("web-01-rpc");
    const created = await arm.ask("PUT", path, { body: bodyFor("web-01") });
    const guid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: path,
      name: "web-01-rpc",
      type: "Microsoft.Compute/restorePointCollections",
      location: LOCATION,
      properties: {
        source: { id: vmId("web-01"), location: LOCATION },
        provisioningState: "Succeeded",
        restorePointCollectionId: guid,
      },
    });
    const again = await arm.ask("PUT", path.toUpperCase(), {
      body: { ...bodyFor("WEB-01"), tags: { env: "prod" } },
    });
    expect(again).toEqual({
      status: 200,
      headers: expect.anything(),
      body: { ...Object(created.body), tags: { env: "prod" } },
    });
  });

  test("spells its region in lower case, and that of its source as the VM does", async () => {
    const arm = await start();
    await givenVm(arm, "web-01", { location: "WestEurope" });
    expect(await givenCollection(arm, "web-01-rpc")).toMatchObject({
      location: "westeurope",
      source: { location: "WestEurope" },
    });
  });

  test("in another region than the VM's is refused", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const body = bodyFor("web-01", "eastus");
    expect(await arm.ask("PUT", collectionId("web-01-rpc"), { body })).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidParameter" } },
    });
  });

  test("of a VM that does not exist is refused", async () => {
    const { ask } = await start();
    expect(await ask("PUT", collectionId("rpc"), { body: bodyFor("nope") })).toMatchObject({
      status: 404,
      body: {
        error: {
          code: "ResourceNotFound",
          message: expect.stringContaining("'Microsoft.Compute/virtualMachines/nope'"),
        },
      },
    });
  });

  test("in a resource group that does not exist is refused", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const path = collectionId("rpc").replace(GROUP, "nope");
    const answer = await arm.ask("PUT", path, { body: bodyFor("web-01") });
    expect(answer.body).toMatchObject({ error: { code: "ResourceGroupNotFound" } });
  });
});

describe("changing a collection", () => {
  test("changes its tags, and nothing else", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenVm(arm, "web-02");
    const { restorePointCollections } = arm.client;
    const patched = await restorePointCollections.update(GROUP, "web-01-rpc", { tags: { a: "1" } });
    expect(patched).toMatchObject({ tags: { a: "1" }, source: { id: vmId("web-01") } });
    await expect(givenCollection(arm, "web-01-rpc", "web-02")).rejects.toMatchObject({
      statusCode: 400,
    });
    const body = bodyFor("web-01", "eastus");
    expect(await arm.ask("PUT", collectionId("web-01-rpc"), { body })).toMatchObject({
      status: 409,
      body: { error: { code: "InvalidResourceLocation" } },
    });
  });

  test("takes the whole of what was read before", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const { body } = await arm.ask("GET", collectionId("web-01-rpc"));
    expect(await arm.ask("PUT", collectionId("web-01-rpc"), { body })).toMatchObject({
      status: 200,
      body: Object(body),
    });
  });
});

describe("reading a collection", () => {
  test("shows its restore points only when they are asked for", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    await givenRestorePoint(arm, "web-01-rpc", "rp-2");
    const { restorePointCollections } = arm.client;
    expect((await restorePointCollections.get(GROUP, "web-01-rpc")).restorePoints).toBeUndefined();
    const { restorePoints } = await restorePointCollections.get(GROUP, "web-01-rpc", {
      expand: "restorePoints",
    });
    expect(restorePoints).toMatchObject([
      { name: "rp-1", provisioningState: "Succeeded", consistencyMode: "CrashConsistent" },
      { name: "rp-2", provisioningState: "Succeeded", consistencyMode: "CrashConsistent" },
    ]);
  });

  test("shows none of a collection whose name is a longer one", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenCollection(arm, "web-01-rpc2");
    await givenRestorePoint(arm, "web-01-rpc2", "rp-1");
    const query = "?$expand=restorePoints&api-version=2026-04-01";
    expect((await arm.ask("GET", collectionId("web-01-rpc"), { query })).body).toMatchObject({
      properties: { restorePoints: [] },
    });
  });

  test("that does not exist gives the recorded words", async () => {
    const { ask } = await start();
    expect(await ask("GET", collectionId("nope"))).toMatchObject({
      status: 404,
      body: {
        error: {
          code: "ResourceNotFound",
          message: `The Resource 'Microsoft.Compute/restorePointCollections/nope' under resource group '${GROUP}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
        },
      },
    });
  });
});

test("collections are listed by group and by subscription, with the group in upper case", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  const { restorePointCollections } = arm.client;
  for (const pages of [restorePointCollections.list(GROUP), restorePointCollections.listAll()]) {
    const [collection, ...more] = await all(pages);
    expect(more).toEqual([]);
    expect(collection).toMatchObject({ name: "web-01-rpc", provisioningState: "Succeeded" });
    expect(collection?.id).toBe(collectionId("web-01-rpc").replace(GROUP, GROUP.toUpperCase()));
    expect(collection?.restorePoints).toBeUndefined();
  }
});

describe("deleting a collection", () => {
  test("is accepted, and takes its restore points and their bytes along", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const point = await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    const drp = point.sourceMetadata?.storageProfile?.osDisk?.diskRestorePoint?.id ?? "";
    expect(arm.emulator.disk(drp).sizeInBytes).toBeGreaterThan(0);
    const accepted = await arm.ask("DELETE", collectionId("web-01-rpc"));
    expect(accepted).toMatchObject({ status: 202, body: undefined });
    expect(headerOf(accepted, "Location")).toContain("monitor=true");
    expect(await finished(arm, accepted)).toMatchObject({ status: "Succeeded" });
    expect((await arm.ask("GET", collectionId("web-01-rpc"))).status).toBe(404);
    expect((await arm.ask("GET", restorePointId("web-01-rpc", "rp-1"))).body).toMatchObject({
      error: { code: "ResourceNotFound" },
    });
    expect(() => arm.emulator.disk(drp)).toThrow("Neither a disk nor a disk restore point");
  });

  test("is refused while a restore point in it is being created", async () => {
    const arm = await start({ applicationConsistentCreateMs: 60_000 });
    await givenProtectedVm(arm);
    await arm.ask("PUT", restorePointId("web-01-rpc", "rp-1"), { body: {} });
    expect((await arm.ask("DELETE", collectionId("web-01-rpc"))).status).toBe(409);
  });

  test("that does not exist answers 204", async () => {
    const { ask } = await start();
    expect((await ask("DELETE", collectionId("nope"))).status).toBe(204);
  });
});
