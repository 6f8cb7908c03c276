import { describe, expect, test } from "vitest";
import { givenVm, POLL, vmModel } from "./given.ts";
import { diskId, GROUP, LOCATION, networkInterfaceId, vmId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

describe("deleting a VM", () => {
  test("deletes the disks that were to go with it, and frees the others", async () => {
    const arm = await start();
    await givenVm(arm, "web-01", {
      storageProfile: {
        osDisk: { createOption: "FromImage", deleteOption: "Delete" },
        dataDisks: [{ lun: 0, createOption: "Empty", diskSizeGB: 1, deleteOption: "Detach" }],
      },
    });
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    expect((await arm.ask("GET", diskId("web-01_OsDisk_1"))).status).toBe(404);
    expect((await arm.client.disks.get(GROUP, "web-01_DataDisk_0")).diskState).toBe("Unattached");
  });

  test("says Deleting until it is done, and takes no change meanwhile", async () => {
    const arm = await start({ virtualMachineWriteMs: 60_000 });
    const body = { location: LOCATION, properties: { storageProfile: vmModel().storageProfile } };
    const created = await arm.ask("PUT", vmId("web-01"), { body });
    arm.emulator.advance(60_000);
    await finished(arm, created);
    const accepted = await arm.ask("DELETE", vmId("web-01"));
    expect(accepted).toMatchObject({ status: 202, body: undefined });
    expect((await arm.client.virtualMachines.get(GROUP, "web-01")).provisioningState).toBe(
      "Deleting",
    );
    expect((await arm.ask("PUT", vmId("web-01"), { body })).status).toBe(409);
    arm.emulator.advance(60_000);
    await finished(arm, accepted);
    expect((await arm.ask("DELETE", vmId("web-01"))).status).toBe(204);
  });

  test("frees its network interface", async () => {
    const arm = await start();
    const nic = networkInterfaceId("nic-01");
    const properties = { ipConfigurations: [{ name: "one", properties: {} }] };
    await arm.ask("PUT", nic, { body: { location: LOCATION, properties } });
    await givenVm(arm, "web-01", { networkProfile: { networkInterfaces: [{ id: nic }] } });
    expect((await arm.ask("DELETE", nic)).status).toBe(400);
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    expect((await arm.ask("DELETE", nic)).status).toBe(200);
  });

  test("takes along the network interface that was to go with it", async () => {
    const arm = await start();
    const nic = networkInterfaceId("nic-01");
    const properties = { ipConfigurations: [{ name: "one", properties: {} }] };
    await arm.ask("PUT", nic, { body: { location: LOCATION, properties } });
    await givenVm(arm, "web-01", {
      networkProfile: { networkInterfaces: [{ id: nic, deleteOption: "Delete" }] },
    });
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    expect((await arm.ask("GET", nic)).status).toBe(404);
    expect(arm.changes.map(({ operationName }) => operationName)).toContain(
      "Microsoft.Network/networkInterfaces/delete",
    );
  });
});
