import { expect, test } from "vitest";
import { givenCollection, givenRestorePoint, givenVm } from "./given.ts";
import { GROUP, vmId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const PASSWORD = "S3cret-of-the-administrator";
const CUSTOM_DATA = "c2VjcmV0LXNjcmlwdA==";
const osProfile = {
  computerName: "web",
  adminUsername: "operator",
  adminPassword: PASSWORD,
  customData: CUSTOM_DATA,
};

test("a password and custom data are taken, and neither answered nor kept", async () => {
  const arm = await start();
  await givenVm(arm, "web-01", { osProfile });
  await givenCollection(arm, "web-01-rpc");
  const point = await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  const { body } = await arm.ask("GET", vmId("web-01"));
  expect(body).toMatchObject({
    properties: { osProfile: { computerName: "web", adminUsername: "operator" } },
  });
  const kept = [...arm.emulator.emulator.journal.dump()];
  for (const each of [body, point, arm.changes, kept]) {
    expect(JSON.stringify(each)).not.toContain(PASSWORD);
    expect(JSON.stringify(each)).not.toContain(CUSTOM_DATA);
  }
});

test("custom data can be said again, and not changed", async () => {
  const arm = await start();
  await givenVm(arm, "web-01", { osProfile });
  await givenVm(arm, "web-01", { osProfile: { computerName: "web", adminUsername: "operator" } });
  await givenVm(arm, "web-01", { osProfile });
  const { client } = arm;
  const changed = client.virtualMachines.update(GROUP, "web-01", {
    osProfile: { customData: "b3RoZXI=" },
  });
  await expect(changed).rejects.toMatchObject({ code: "PropertyChangeNotAllowed" });
});
