import { describe, expect, test } from "vitest";
import { waitFor } from "../../../e2e/wait-for.ts";
import { blobOf, givenSas, HOUR, PAGE, pageOf, statusOf } from "../disk-endpoint/sas.ts";
import { givenVm, POLL } from "../given.ts";
import { diskId, GROUP, LOCATION } from "../names.ts";
import { type Arm, azuriteOfThisFile } from "../scene.ts";
import { finished } from "../wait.ts";
import { beginOnDisk } from "./requests.ts";

const start = azuriteOfThisFile();

const OS = "web-01_OsDisk_1";

const open = async ({ client }: Arm, name: string, access: "Read" | "Write" = "Read") => {
  const asked = { access, durationInSeconds: HOUR / 1000 };
  const { accessSAS = "" } = await client.disks.grantAccess(GROUP, name, asked, POLL);
  return accessSAS;
};

/** A VM that is deallocated and takes its OS disk with it when it is deleted; and the disk's SAS. */
async function givenOpenDisk() {
  const arm = await start();
  const osDisk = { createOption: "FromImage", osType: "Linux", deleteOption: "Delete" } as const;
  await givenVm(arm, "web-01", { storageProfile: { osDisk } });
  await arm.client.virtualMachines.deallocate(GROUP, "web-01", POLL);
  return { arm, sas: await open(arm, OS) };
}

const givenUpload = async ({ client }: Arm, name: string) => {
  const creationData = { createOption: "Upload", uploadSizeBytes: 1024 ** 3 + PAGE };
  await client.disks.createOrUpdate(GROUP, name, { location: LOCATION, creationData }, POLL);
};

describe("a SAS of a disk", () => {
  test("does not open another disk of the same name", async () => {
    const { arm, sas } = await givenOpenDisk();
    arm.emulator.advance(2 * HOUR);
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    expect((await arm.ask("GET", diskId(OS))).status).toBe(404);
    expect(arm.emulator.emulator.state.accesses.size).toBe(0);
    await givenVm(arm, "web-01");
    arm.emulator.settings.ignoreSasExpiry = true;
    expect(await statusOf(sas)).toBe(403);
  });

  test("keeps the disk when its VM goes and would take it along", async () => {
    const { arm, sas } = await givenOpenDisk();
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    expect(await statusOf(sas)).toBe(200);
    expect((await arm.client.disks.get(GROUP, OS)).diskState).toBe("ActiveSAS");
    await arm.client.disks.revokeAccess(GROUP, OS, POLL);
    await arm.client.disks.delete(GROUP, OS, POLL);
  });

  test("is not granted any more when a running VM has the disk by then", async () => {
    const { arm, sas } = await givenOpenDisk();
    await arm.client.disks.revokeAccess(GROUP, OS, POLL);
    arm.emulator.settings.accessMs = HOUR;
    const granting = await beginOnDisk(arm, OS, {});
    await arm.client.virtualMachines.start(GROUP, "web-01", POLL);
    arm.emulator.advance(HOUR);
    expect(await finished(arm, granting)).toMatchObject({
      status: "Failed",
      error: { code: "OperationNotAllowed" },
    });
    expect(await statusOf(sas)).toBe(403);
  });

  test("to write is not granted any more when the upload has ended by then", async () => {
    const arm = await start();
    await givenUpload(arm, "uploaded");
    await open(arm, "uploaded", "Write");
    arm.emulator.settings.accessMs = HOUR;
    const granting = await beginOnDisk(arm, "uploaded", { access: "Write" });
    arm.emulator.settings.accessMs = 0;
    await arm.client.disks.revokeAccess(GROUP, "uploaded", POLL);
    arm.emulator.advance(HOUR);
    expect(await finished(arm, granting)).toMatchObject({
      status: "Failed",
      error: { code: "OperationNotAllowed" },
    });
    expect((await arm.client.disks.get(GROUP, "uploaded")).diskState).toBe("Unattached");
  });

  test("to write changes nothing once endGetAccess has ended, also what was on its way", async () => {
    const arm = await start();
    await givenUpload(arm, "uploaded");
    const blob = blobOf(await open(arm, "uploaded", "Write"));
    const { bytes } = arm.emulator.emulator;
    const { promise, resolve: goOn } = Promise.withResolvers<void>();
    const held = bytes.still(async () => await promise);
    const writes = [
      blob.uploadPages(pageOf("late"), 0, PAGE),
      blob.clearPages(PAGE, PAGE),
      ...[2, 3, 4].map((page) => blob.uploadPages(pageOf("late"), page * PAGE, PAGE)),
    ];
    const refused = Promise.allSettled(writes);
    await Promise.all(writes.map(() => arm.ask("GET", diskId("uploaded"))));
    const ended = arm.client.disks.revokeAccess(GROUP, "uploaded", POLL);
    await waitFor("the access's end", async () =>
      arm.emulator.emulator.state.accesses.size === 0 ? true : undefined,
    );
    goOn();
    await Promise.all([held, ended]);
    for (const each of await refused) {
      expect(each).toMatchObject({ status: "rejected", reason: { statusCode: 403 } });
    }
    expect(await arm.emulator.disk(diskId("uploaded")).ranges()).toEqual([]);
  });
});

test("what opens the bytes is in no exchange, in no journal and in no error", async () => {
  const { arm, disk, sas } = await givenSas(start);
  const upload = async () => {
    await givenUpload(arm, "uploaded");
    return await open(arm, "uploaded", "Write");
  };
  const urls = [sas, await upload()];
  const refusals = [
    await arm.ask("DELETE", diskId("uploaded")),
    await beginOnDisk(arm, "uploaded", { access: "Read" }),
    await arm.ask("GET", `${diskId("uploaded")}/${disk}`),
  ];
  const storageErrors = await Promise.all(
    urls.map(async (url) => await (await fetch(`${url}&comp=lease`, { method: "PUT" })).text()),
  );
  const { journal } = arm.emulator.emulator;
  const said = [
    JSON.stringify(arm.emulator.exchanges()),
    JSON.stringify(arm.changes),
    JSON.stringify(refusals.map(({ body }) => body)),
    ...storageErrors,
  ].join("\n");
  const kept = [...journal.dump()].join("\n");
  for (const url of urls) {
    const { searchParams, pathname } = new URL(url);
    const signature = searchParams.get("sig") ?? "";
    for (const secret of [signature, encodeURIComponent(signature)]) {
      expect(kept.includes(secret)).toBe(false);
      expect(said.includes(secret)).toBe(false);
    }
    expect(said.includes(pathname.split("/")[1] ?? "")).toBe(false);
  }
});
