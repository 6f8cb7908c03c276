import { describe, expect, test } from "vitest";
import { givenSubnet, givenVm, SUBNET } from "./given.ts";
import { GROUP, groupPath, LOCATION, networkInterfaceId, SUBSCRIPTION, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const startArm = azuriteOfThisFile();
const NIC = networkInterfaceId("nic-01");

/** With a network. */
async function start(): Promise<Arm> {
  const arm = await startArm();
  await givenSubnet(arm);
  return arm;
}

const BODY = {
  location: LOCATION,
  properties: {
    ipConfigurations: [{ name: "one", properties: { subnet: { id: SUBNET }, primary: true } }],
  },
};

const put = async ({ ask }: Arm, id = NIC, more: object = {}) =>
  await ask("PUT", id, { body: { ...BODY, ...more } });

const withInterface = (id = NIC) => ({ networkProfile: { networkInterfaces: [{ id }] } });

describe("a network interface", () => {
  test("is made, changed and read", async () => {
    const arm = await start();
    const made = await put(arm);
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: NIC,
        name: "nic-01",
        type: "Microsoft.Network/networkInterfaces",
        ...BODY,
        etag: 'W/"1"',
      },
    });
    expect(made.body).toHaveProperty("properties.provisioningState", "Succeeded");
    const changed = await put(arm, NIC, { tags: { env: "prod" } });
    expect(changed).toMatchObject({ status: 200, body: { etag: 'W/"2"', tags: { env: "prod" } } });
    const patched = await arm.ask("PATCH", NIC, { body: { tags: { env: "test" } } });
    expect(patched).toMatchObject({ status: 200, body: { tags: { env: "test" } } });
    expect((await arm.ask("GET", NIC.toUpperCase())).body).toEqual(patched.body);
  });

  test("is listed by group and by subscription", async () => {
    const arm = await start();
    for (const name of ["nic-01", "nic-02"]) await put(arm, networkInterfaceId(name));
    for (const scope of [groupPath(GROUP), `/subscriptions/${SUBSCRIPTION}`]) {
      const path = `${scope}/providers/Microsoft.Network/networkInterfaces`;
      expect((await arm.ask("GET", path)).body).toMatchObject({
        value: [{ name: "nic-01" }, { name: "nic-02" }],
      });
    }
  });

  test("stays in its region", async () => {
    const arm = await start();
    await put(arm);
    expect((await put(arm, NIC, { location: "eastus" })).status).toBe(409);
  });

  test("is deleted once; the second time there is nothing", async () => {
    const arm = await start();
    await put(arm);
    expect((await arm.ask("DELETE", NIC)).status).toBe(200);
    expect((await arm.ask("DELETE", NIC)).status).toBe(204);
    expect(await arm.ask("GET", NIC)).toMatchObject({
      status: 404,
      body: { error: { code: "ResourceNotFound" } },
    });
  });

  test("is announced to Event Grid", async () => {
    const arm = await start();
    await put(arm);
    await arm.ask("DELETE", NIC);
    const written = arm.changes.filter(({ resourceId }) => resourceId === NIC);
    expect(written.map(({ operationName }) => operationName)).toEqual([
      "Microsoft.Network/networkInterfaces/write",
      "Microsoft.Network/networkInterfaces/delete",
    ]);
  });
});

describe("a VM", () => {
  test("has the network interface that it names, which then says so", async () => {
    const arm = await start();
    await put(arm);
    const vm = await givenVm(arm, "web-01", withInterface(NIC.toUpperCase()));
    expect(vm.networkProfile?.networkInterfaces).toHaveLength(1);
    expect((await arm.ask("GET", NIC)).body).toMatchObject({
      properties: { virtualMachine: { id: vmId("web-01") } },
    });
    expect(await arm.ask("DELETE", NIC)).toMatchObject({
      status: 400,
      body: { error: { code: "NicInUse", message: expect.stringContaining(vmId("web-01")) } },
    });
  });

  test("is refused a network interface that is not there, and makes no disks then", async () => {
    const arm = await start();
    await expect(givenVm(arm, "web-01", withInterface())).rejects.toMatchObject({
      statusCode: 400,
      code: "InvalidResourceReference",
    });
    const disks = await arm.ask("GET", `${groupPath(GROUP)}/providers/Microsoft.Compute/disks`);
    expect(disks.body).toEqual({ value: [] });
  });

  test("is refused one of another region", async () => {
    const arm = await start();
    await put(arm);
    const elsewhere = { ...withInterface(), location: "eastus" };
    await expect(givenVm(arm, "web-01", elsewhere)).rejects.toMatchObject({
      statusCode: 400,
      code: "InvalidResourceReference",
    });
    await givenVm(arm, "web-01", { ...withInterface(), location: "West Europe" });
  });

  test("is refused one that another VM has", async () => {
    const arm = await start();
    await put(arm);
    await givenVm(arm, "web-01", withInterface());
    await expect(givenVm(arm, "web-02", withInterface())).rejects.toMatchObject({
      statusCode: 409,
      code: "NicInUse",
    });
    await givenVm(arm, "web-01", withInterface());
  });
});
