import type { VirtualMachine } from "@azure/arm-compute";
import { describe, expect, test } from "vitest";
import { givenProtectedVm, givenRestorePoint, givenVm, POLL, vmModel } from "./given.ts";
import { diskId, GROUP, LOCATION, restorePointId, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const RP = restorePointId("web-01-rpc", "rp-1");
const crashWithout = (...disks: string[]) => ({
  properties: {
    consistencyMode: "CrashConsistent",
    excludeDisks: disks.map((name) => ({ id: diskId(name) })),
  },
});

type StorageProfile = NonNullable<VirtualMachine["storageProfile"]>;

/** A VM whose one data disk is `special`. */
const withDisk = (
  disk: Omit<NonNullable<StorageProfile["dataDisks"]>[number], "lun" | "createOption">,
  createOption: "Empty" | "Attach" = "Empty",
) => ({
  storageProfile: {
    ...vmModel().storageProfile,
    dataDisks: [{ lun: 0, name: "special", createOption, diskSizeGB: 8, ...disk }],
  },
});

const SHARED = withDisk({ managedDisk: { id: diskId("special") } }, "Attach");

async function givenSharedDisk({ client }: Arm): Promise<void> {
  const creationData = { createOption: "Empty" } as const;
  const model = { location: LOCATION, creationData, diskSizeGB: 8, maxShares: 2 };
  await client.disks.createOrUpdate(GROUP, "special", model, POLL);
}

describe("a shared disk", () => {
  test("is refused in both modes, with Azure's words, until it is excluded", async () => {
    const arm = await start();
    await givenSharedDisk(arm);
    await givenProtectedVm(arm, SHARED);
    for (const body of [{}, crashWithout()]) {
      expect(await arm.ask("PUT", RP, { body })).toMatchObject({
        status: 409,
        body: {
          error: {
            code: "VMRestorePointClientError",
            message: expect.stringMatching(
              /^Creation of Restore Point of a Virtual Machine with Shared disks is not supported. .*'special'/,
            ),
          },
        },
      });
    }
    expect((await arm.ask("PUT", RP, { body: crashWithout("special") })).status).toBe(201);
  });

  test("may, by setting, be found out later", async () => {
    const arm = await start();
    arm.emulator.settings.refusals.unsupportedDisk = "failedOperation";
    await givenSharedDisk(arm);
    await givenProtectedVm(arm, SHARED);
    await expect(givenRestorePoint(arm, "web-01-rpc", "rp-1")).rejects.toThrow(
      /VMRestorePointClientError/,
    );
  });
});

describe("a disk that only application consistency supports", () => {
  test.each([
    ["Ultra", { managedDisk: { storageAccountType: "UltraSSD_LRS" } }],
    ["Premium SSD v2", { managedDisk: { storageAccountType: "PremiumV2_LRS" } }],
    ["write-accelerated", { writeAcceleratorEnabled: true }],
  ])("(%s) must be excluded for crash consistency", async (_, disk) => {
    const arm = await start();
    await givenProtectedVm(arm, withDisk(disk));
    expect(await arm.ask("PUT", RP, { body: crashWithout() })).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining("'special'") } },
    });
    const answer = await arm.ask("PUT", RP, { body: crashWithout("special") });
    expect(await finished(arm, answer)).toMatchObject({ status: "Succeeded" });
    await givenRestorePoint(arm, "web-01-rpc", "rp-2", {});
  });
});

test("an ephemeral OS disk must be excluded in both modes", async () => {
  const arm = await start();
  const osDisk = { createOption: "FromImage", osType: "Linux", name: "os" } as const;
  const diffDiskSettings = { option: "Local" } as const;
  await givenProtectedVm(arm, { storageProfile: { osDisk: { ...osDisk, diffDiskSettings } } });
  for (const body of [{}, crashWithout()]) {
    expect((await arm.ask("PUT", RP, { body })).status).toBe(409);
  }
  expect((await arm.ask("PUT", RP, { body: crashWithout("os") })).status).toBe(201);
});

describe("a VM that does not run", () => {
  const notReady = {
    code: "VMAgentStatusCommunicationError",
    message: "VM has not reported status for VM agent or extensions.",
  };

  test.each(["deallocate", "powerOff"] as const)(
    "(%s) may, by setting, fail application consistency in the end; crash consistency does not",
    async (action) => {
      const arm = await start({ stoppedVirtualMachine: "agentError" });
      await givenProtectedVm(arm);
      await arm.client.virtualMachines[action](GROUP, "web-01", POLL);
      const accepted = await arm.ask("PUT", RP, { body: {} });
      expect(accepted).toMatchObject({ status: 201 });
      expect(await finished(arm, accepted)).toMatchObject({ status: "Failed", error: notReady });
      const failed = (await arm.ask("GET", RP)).body;
      expect(failed).toMatchObject({ properties: { provisioningState: "Failed" } });
      expect(failed).not.toHaveProperty("properties.consistencyMode");
      await givenRestorePoint(arm, "web-01-rpc", "rp-2");
    },
  );

  test("gives a crash-consistent restore point to whoever asks for application consistency", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await arm.client.virtualMachines.deallocate(GROUP, "web-01", POLL);
    expect(await givenRestorePoint(arm, "web-01-rpc", "rp-1", {})).toMatchObject({
      consistencyMode: "CrashConsistent",
    });
  });

  test("may, by setting, be refused at once", async () => {
    const arm = await start({ stoppedVirtualMachine: "agentError" });
    arm.emulator.settings.refusals.agentNotReady = "synchronous";
    await givenProtectedVm(arm);
    await arm.client.virtualMachines.deallocate(GROUP, "web-01", POLL);
    expect(await arm.ask("PUT", RP, { body: {} })).toMatchObject({
      status: 409,
      body: { error: notReady },
    });
  });
});

describe("a VM that is no longer the one of the collection", () => {
  test("gets no restore point: it is gone, or another VM of the same name", async () => {
    const arm = await start();
    const osDisk = { createOption: "FromImage", deleteOption: "Delete" } as const;
    await givenProtectedVm(arm, { storageProfile: { osDisk } });
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    const gone = { status: 404, body: { error: { code: "ResourceNotFound" } } };
    const ask = () => arm.ask("PUT", restorePointId("web-01-rpc", "rp-2"), { body: {} });
    expect(await ask()).toMatchObject(gone);
    await givenVm(arm, "web-01");
    expect(await ask()).toMatchObject(gone);
    expect((await arm.ask("GET", RP)).status).toBe(200);
  });

  test.each([
    ["deleted", (arm: Arm) => arm.ask("DELETE", vmId("web-01"))],
    ["given other disks", (arm: Arm) => givenVm(arm, "web-01", withDisk({}))],
  ])("fails the restore point that is being created when it is %s", async (_, change) => {
    const arm = await start({ applicationConsistentCreateMs: 300 });
    await givenProtectedVm(arm);
    const accepted = await arm.ask("PUT", RP, { body: {} });
    await change(arm);
    expect(await finished(arm, accepted)).toMatchObject({
      status: "Failed",
      error: {
        code: "OperationNotAllowed",
        message: expect.stringMatching(/^Changes were made to the Virtual Machine while/),
      },
    });
  });

  test("is still the same after it was tagged", async () => {
    const arm = await start({ applicationConsistentCreateMs: 300 });
    await givenProtectedVm(arm);
    const accepted = await arm.ask("PUT", RP, { body: {} });
    await arm.client.virtualMachines.update(GROUP, "web-01", { tags: { a: "1" } }, POLL);
    expect(await finished(arm, accepted)).toMatchObject({ status: "Succeeded" });
  });
});

test("a restore point fails with the error that a test asks for, and the next one is made", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  const error = { code: "VMRestorePointInternalError", message: "Please retry." };
  arm.emulator.faults.failNextOperation({ kind: "createRestorePoint", vm: "web-02", ...error });
  arm.emulator.faults.failNextOperation({ kind: "createRestorePoint", ...error });
  const accepted = await arm.ask("PUT", RP, { body: {} });
  expect(await finished(arm, accepted)).toMatchObject({ status: "Failed", error });
  expect((await arm.ask("GET", accepted.headers.get("Location") ?? "")).body).toEqual({ error });
  await givenRestorePoint(arm, "web-01-rpc", "rp-2");
});
