/** Requests as Azure's own pages write them, which is not always as Azure describes them. */
import { describe, expect, test } from "vitest";
import { givenProtectedVm, givenRestorePoint } from "../given.ts";
import { collectionId, diskId, LOCATION, restorePointId, vmId } from "../names.ts";
import { type Arm, azuriteOfThisFile } from "../scene.ts";
import { replay } from "./replay.ts";

const start = azuriteOfThisFile();

const RP = restorePointId("web-01-rpc", "rp");

/** The id of the disk restore point of the VM's data disk. */
async function givenDataDisk(arm: Arm): Promise<string> {
  await givenProtectedVm(arm);
  const { sourceMetadata } = await givenRestorePoint(arm, "web-01-rpc", "rp");
  return sourceMetadata?.storageProfile?.dataDisks?.[0]?.diskRestorePoint?.id ?? "";
}

describe("Azure takes", () => {
  test("a restore point whose properties are called `property`", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const body = { name: "rp", property: { consistencyMode: "crashConsistent" } };
    const path = `${RP}?api-version=2021-07-01`;
    const { answer, result } = await replay(arm, { method: "PUT", path, body });
    expect(answer.status).toBe(201);
    expect(result?.body).toMatchObject({ properties: { consistencyMode: "CrashConsistent" } });
  });

  test("paths in any casing, and a duration as a string", async () => {
    const arm = await start();
    const disk = (await givenDataDisk(arm)).replace("restorePoints/", "RestorePoints/");
    const body = { access: "read", durationInSeconds: "3600" };
    const path = `${disk}/BeginGetAccess?api-version=2020-12-01`;
    const { answer, result } = await replay(arm, { method: "POST", path, body });
    expect(answer.status).toBe(202);
    expect(result?.body).toMatchObject({ accessSAS: expect.stringContaining("https://") });
    const end = `${disk}/EndGetAccess?api-version=2020-12-01`;
    expect((await replay(arm, { method: "POST", path: end })).answer.status).toBe(202);
  });

  test("a disk by the first api-version that has disk restore points, its size as a string", async () => {
    const arm = await start();
    const sourceResourceId = (await givenDataDisk(arm)).slice(1);
    const creationData = { createOption: "restore", sourceResourceId };
    const body = { location: LOCATION, properties: { creationData, diskSizeGB: "16" } };
    const path = `${diskId("restored")}?api-version=2020-12-01`;
    const { answer, result } = await replay(arm, { method: "PUT", path, body });
    expect(answer.status).toBe(202);
    expect(result?.body).toMatchObject({
      properties: { diskSizeGB: 16, creationData: { createOption: "Restore" } },
    });
  });

  test("a VM of disks that are there, by `datadisks` and `attach`", async () => {
    const arm = await start();
    for (const name of ["os", "data"]) {
      const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 8 };
      const path = `${diskId(name)}?api-version=2021-04-01`;
      await replay(arm, { method: "PUT", path, body: { location: LOCATION, properties } });
    }
    const attached = (name: string) => ({
      createOption: "attach",
      managedDisk: { id: diskId(name) },
    });
    const storageProfile = {
      osDisk: { osType: "Windows", ...attached("os") },
      datadisks: [{ lun: 0, ...attached("data") }],
    };
    const body = {
      location: LOCATION,
      properties: { hardwareProfile: { vmSize: "Standard_D2s_v5" }, storageProfile },
    };
    const path = `${vmId("restored")}?api-version=2021-07-01`;
    const { answer, result } = await replay(arm, { method: "PUT", path, body });
    expect(answer.status).toBe(201);
    expect(result?.body).toMatchObject({
      properties: { storageProfile: { dataDisks: [{ lun: 0, createOption: "Attach" }] } },
    });
  });

  test("`$expand` of a restore point that is deleted", async () => {
    const arm = await start();
    await givenDataDisk(arm);
    const path = `${RP}?$expand=instanceView&api-version=2021-03-01`;
    expect((await replay(arm, { method: "GET", path })).answer.status).toBe(200);
    expect((await replay(arm, { method: "DELETE", path })).answer.status).toBe(202);
    expect((await replay(arm, { method: "DELETE", path })).answer.status).toBe(204);
  });

  test.each(["2021-03-01", "2021-07-01", "2026-04-01"])(
    "copies of %s with names in bodies, and `microsoft.compute`",
    async (version) => {
      const arm = await start();
      await givenDataDisk(arm);
      const put = async (id: string, body: object) =>
        await replay(arm, { method: "PUT", path: `${id}?api-version=${version}`, body });
      const collection = await put(collectionId("copies"), {
        name: "copies",
        location: "norwayeast",
        tags: { department: "finance" },
        properties: { source: { id: lowerCase(collectionId("web-01-rpc")) } },
      });
      expect(collection.answer.status).toBe(201);
      const copy = await put(restorePointId("copies", "rp"), {
        name: "rp",
        properties: { sourceRestorePoint: { id: lowerCase(RP) } },
      });
      expect(copy.answer.status).toBe(201);
      const path = `${restorePointId("copies", "rp")}?$expand=instanceView&api-version=${version}`;
      const { answer } = await replay(arm, { method: "GET", path });
      expect(JSON.stringify(answer.body)).toContain("ReplicationState/");
    },
  );
});

const lowerCase = (id: string): string => id.replace("Microsoft.Compute", "microsoft.compute");
