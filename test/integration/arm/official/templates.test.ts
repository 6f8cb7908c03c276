/** The templates of https://github.com/Azure/Virtual-Machine-Restore-Points, deployed resource by resource. */
import { describe, expect, test } from "vitest";
import { hasOfficialFiles, officially, officialText } from "../../../swagger/official-files.ts";
import { givenProtectedVm, givenRestorePoint } from "../given.ts";
import { diskId, GROUP, LOCATION, restorePointId, vmId } from "../names.ts";
import { type Arm, azuriteOfThisFile } from "../scene.ts";
import { replay } from "./replay.ts";
import { requestsOf } from "./template.ts";

const REPOSITORY = "Virtual-Machine-Restore-Points-repo";
const CRASH = "Crash consistent VM restore points (preview)";
const AWAY = "norwayeast";

describe.skipIf(!hasOfficialFiles)(officially("Azure's own templates"), () => {
  const start = azuriteOfThisFile();

  /** The statuses of all that it deploys. */
  const deploy = async (
    arm: Arm,
    path: string,
    parameters: Record<string, string>,
    location = LOCATION,
  ) => {
    const text = officialText(REPOSITORY, ...path.split("/")).replaceAll(
      /\/subscriptions\/[0-9a-f-]{36}\/[^"]+diskRestorePoints\/[^"]+/g,
      parameters["DiskRestorePointResourceId"] ?? "$&",
    );
    const statuses: number[] = [];
    for (const request of requestsOf(text, { group: GROUP, location, parameters })) {
      statuses.push((await replay(arm, request)).answer.status);
    }
    return statuses;
  };

  test("protect a VM", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const names = { RestorePointCollectionName: "rpc", RestorePointName: "rp" };
    const parameters = { ...names, VMResourceId: vmId("web-01").slice(1) };
    expect(await deploy(arm, "CreateRestorePointCollection.json", parameters)).toEqual([201]);
    expect(await deploy(arm, "CreateRestorePoint.json", names)).toEqual([201]);
    const { body } = await arm.ask("GET", restorePointId("rpc", "rp"));
    expect(body).toMatchObject({ properties: { consistencyMode: "FileSystemConsistent" } });
  });

  test.each([
    "CreateDiskFromDiskRestorePoint.json",
    `${CRASH}/createDiskFromDiskRestorePoint.json`,
  ])("make a disk of a disk restore point: %s", async (path) => {
    const arm = await start();
    const { dataDisk } = await givenDisksOfPoint(arm);
    const parameters = { DiskName: "restored", DiskRestorePointResourceId: dataDisk };
    expect(await deploy(arm, path, parameters)).toEqual([202]);
    const name = path.startsWith(CRASH) ? "restore_disk2" : "restored";
    const { body } = await arm.ask("GET", diskId(name));
    expect(body).toMatchObject({ properties: { creationData: { sourceResourceId: dataDisk } } });
  });

  test("make a VM of a restore point", async () => {
    const arm = await start();
    const { osDisk, dataDisk } = await givenDisksOfPoint(arm);
    const statuses = await deploy(arm, "RestoreVMFromRestorePoint.json", {
      location: LOCATION,
      networkInterfaceName: "restored-nic",
      virtualNetworkName: "restored-net",
      subnetName: "default",
      virtualMachineName: "restored",
      virtualMachineSize: "Standard_D2s_v5",
      osdiskRestorePointResourceId: osDisk,
      datadiskRestorePointResourceId: dataDisk,
      restoredOSDiskName: "restored-os",
      restoredDataDiskName: "restored-data",
    });
    expect(statuses).toEqual([202, 202, 201, 201, 201]);
    const { body } = await arm.ask("GET", vmId("restored"));
    expect(body).toMatchObject({
      properties: {
        storageProfile: {
          osDisk: { createOption: "Attach", managedDisk: { id: diskId("restored-os") } },
          dataDisks: [{ lun: 0, diskSizeGB: 1024, managedDisk: { id: diskId("restored-data") } }],
        },
      },
    });
  });

  test("make a crash-consistent restore point", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    // The template forgets the slash between the two names.
    const parameters = { RPCName: "web-01-rpc/", RPName: "rp" };
    expect(await deploy(arm, `${CRASH}/createRestorePoint.json`, parameters)).toEqual([201]);
    const { body } = await arm.ask("GET", restorePointId("web-01-rpc", "rp"));
    expect(body).toMatchObject({ properties: { consistencyMode: "CrashConsistent" } });
  });

  test("cannot make a collection by an api-version that is older than collections", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const text = officialText(REPOSITORY, CRASH, "createRestorePointCollection.json");
    const parameters = { RPCName: "rpc", VMId: vmId("web-01") };
    for (const request of requestsOf(text, { group: GROUP, location: LOCATION, parameters })) {
      const { answer } = await replay(arm, request);
      const message = "This request can be made with api-version '2021-03-01' or newer";
      expect(answer).toMatchObject({
        status: 400,
        body: { error: { code: "BadRequest", message } },
      });
    }
  });

  test.each(["Cross Region VM Restore Points", "Cross Region VM Restore Points (Preview)"])(
    "copy a restore point to another region: %s",
    async (folder) => {
      const arm = await start();
      await givenProtectedVm(arm);
      await givenRestorePoint(arm, "web-01-rpc", "rp");
      const parameters = {
        RestorePointCollectionName: "copies",
        RestorePointCollectionLocation: AWAY,
        RestorePointName: "copy",
        SourceRestorePointCollectionName: "web-01-rpc",
        SourceRestorePointName: "rp",
      };
      const template = `${folder}/Cross Region Copy of Restore Points`;
      const collection = `${template}/CreateRestorePointCollection.json`;
      expect(await deploy(arm, collection, parameters, AWAY)).toEqual([201]);
      const point = `${template}/CreateRestorePoint.json`;
      expect(await deploy(arm, point, parameters, AWAY)).toEqual([201]);
      const { body } = await arm.ask("GET", restorePointId("copies", "copy"));
      const sourceRestorePoint = { id: restorePointId("web-01-rpc", "rp") };
      expect(body).toMatchObject({ properties: { sourceRestorePoint } });
    },
  );
});

/** Ids of the disk restore points of a VM's OS disk and data disk. */
async function givenDisksOfPoint(arm: Arm): Promise<{ osDisk: string; dataDisk: string }> {
  await givenProtectedVm(arm);
  const { sourceMetadata } = await givenRestorePoint(arm, "web-01-rpc", "rp");
  const { osDisk, dataDisks = [] } = sourceMetadata?.storageProfile ?? {};
  return {
    osDisk: osDisk?.diskRestorePoint?.id ?? "",
    dataDisk: dataDisks[0]?.diskRestorePoint?.id ?? "",
  };
}
