import { expect, test } from "vitest";
import { errorOf, everything, givenWrites } from "./bad-input-scene.ts";
import { collectionId, computePath, diskId, LOCATION, restorePointId, vmId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const upload = (uploadSizeBytes: number) => ({ createOption: "Upload", uploadSizeBytes });

/** `path`: of the property in the body that is put in place of what is there. Then what the error names. */
const WRONG: readonly (readonly [write: string, path: string, value: unknown, named: string])[] = [
  ["a resource group", "location", 7, "location"],
  ["a resource group", "location", "../..", "location"],
  ["a resource group", "tags", [], "tags"],
  ["a resource group", "tags.env", 7, "tags.env"],
  ["a resource group", "surprise", 1, "surprise"],
  ["a VM", "location", "", "location"],
  ["a VM", "zones", "1", "zones"],
  ["a VM", "surprise", 1, "surprise"],
  ["a VM", "properties", [], "properties"],
  ["a VM", "properties.surprise", 1, "surprise"],
  ["a VM", "properties.hardwareProfile.surprise", 1, "surprise"],
  ["a VM", "properties.hardwareProfile.vmSize", 7, "vmSize"],
  ["a VM", "properties.storageProfile", undefined, "storageProfile"],
  ["a VM", "properties.storageProfile.surprise", 1, "surprise"],
  ["a VM", "properties.storageProfile.osDisk.createOption", "Upload", "createOption"],
  ["a VM", "properties.storageProfile.osDisk.createOption", ["Attach"], "createOption"],
  ["a VM", "properties.storageProfile.osDisk.osType", "BeOS", "osType"],
  ["a VM", "properties.storageProfile.osDisk.name", "", "name"],
  ["a VM", "properties.storageProfile.osDisk.name", "../x", "name"],
  ["a VM", "properties.storageProfile.osDisk.diskSizeGB", 1e300, "diskSizeGB"],
  ["a VM", "properties.storageProfile.osDisk.managedDisk", { id: "nope" }, "managedDisk"],
  ["a VM", "properties.storageProfile.dataDisks", {}, "dataDisks"],
  ["a VM", "properties.storageProfile.dataDisks", [{ createOption: "Empty" }], "lun"],
  ["a VM", "properties.networkProfile.networkInterfaces", [{}], "networkInterfaces[0].id"],
  ["a VM", "properties.networkProfile.networkInterfaces", [{ id: "x" }], "networkInterfaces[0].id"],
  ["a VM's tags", "tags", "env", "tags"],
  ["a VM's tags", "properties", "x", "properties"],
  ["a VM's tags", "surprise", 1, "surprise"],
  ["a network interface", "properties.ipConfigurations", [], "ipConfigurations"],
  ["a network interface", "properties.ipConfigurations", [{ name: "" }], "ipConfigurations"],
  ["a network interface", "surprise", 1, "surprise"],
  ["a disk", "sku.name", "Gold", "sku.name"],
  ["a disk", "sku.surprise", 1, "surprise"],
  ["a disk", "properties.creationData", undefined, "creationData"],
  ["a disk", "properties.creationData.createOption", "Import", "createOption"],
  ["a disk", "properties.creationData.sourceResourceId", "", "sourceResourceId"],
  ["a disk", "properties.creationData.sourceResourceId", "nope", "sourceResourceId"],
  ["a disk", "properties.creationData", { createOption: "Upload" }, "uploadSizeBytes"],
  ["a disk", "properties.creationData", upload(512), "uploadSizeBytes"],
  ["a disk", "properties.creationData", upload(21_000_001), "uploadSizeBytes"],
  ["a disk", "properties.creationData", upload(2 ** 53 - 512), "uploadSizeBytes"],
  ["a disk", "properties.creationData.surprise", 1, "surprise"],
  ["a disk", "properties.diskSizeGB", -1, "diskSizeGB"],
  ["a disk", "properties.diskSizeGB", 2 ** 53, "diskSizeGB"],
  ["a disk", "properties.diskSizeGB", "big", "diskSizeGB"],
  ["a disk", "properties.networkAccessPolicy", "Maybe", "networkAccessPolicy"],
  ["a disk's size", "properties.diskSizeGB", 0, "diskSizeGB"],
  ["a collection", "properties.source", undefined, "source"],
  ["a collection", "properties.source.id", 7, "source.id"],
  ["a collection", "properties.source.id", "nope", "source.id"],
  ["a collection", "properties.source.id", diskId("web-01_OsDisk_1"), "source.id"],
  ["a collection", "properties.instantAccess", "yes", "instantAccess"],
  ["a collection", "properties.surprise", 1, "surprise"],
  ["a collection's tags", "properties.source.id", vmId("web-02"), "source.id"],
  ["a restore point", "properties.consistencyMode", "ApplicationConsistent", "consistencyMode"],
  ["a restore point", "properties.excludeDisks", diskId("x"), "excludeDisks"],
  ["a restore point", "properties.excludeDisks", [{}], "excludeDisks.0.id"],
  ["a restore point", "properties.excludeDisks", [{ id: "nope" }], "excludeDisks"],
  ["a restore point", "properties.excludeDisks", [{ id: 7 }], "excludeDisks.0.id"],
  ["a restore point", "properties.sourceRestorePoint", { id: "nope" }, "sourceRestorePoint"],
  ["a restore point", "properties.surprise", 1, "surprise"],
  ["a grant", "access", "Everything", "access"],
  ["a grant", "durationInSeconds", undefined, "durationInSeconds"],
  ["a grant", "durationInSeconds", 0, "durationInSeconds"],
  ["a grant", "durationInSeconds", 5_184_001, "durationInSeconds"],
  ["a grant", "durationInSeconds", 1.5, "durationInSeconds"],
  ["a grant", "fileFormat", "ISO", "fileFormat"],
  ["a grant", "surprise", 1, "surprise"],
  ["tags", "properties.tags", [], "properties.tags"],
  ["tags", "properties.tags.env", "x".repeat(257), "properties.tags.env"],
  ["tags", "properties.surprise", 1, "surprise"],
  ["a change of tags", "operation", "Append", "operation"],
];

/** A body with this value at this path, which may not be there yet. */
function placed(body: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const entries = Object.entries(body as object);
  const before = entries.find(([each]) => each === name)?.[1];
  return { ...Object.fromEntries(entries), [name]: placed(before, rest, value) };
}

test("a wrong property is refused by name, and changes nothing", async () => {
  const arm = await start({ throttlingFactor: 0 });
  const writes = await givenWrites(arm);
  await arm.emulator.emulator.operations.idle();
  const before = everything(arm);
  for (const [name, path, value, named] of WRONG) {
    const write = writes.find((each) => each.name === name);
    if (write === undefined) throw new Error(`There is no write of ${name}.`);
    const body = placed(write.body, path.split("."), value);
    const answer = await arm.ask(write.method, write.path, { body });
    expect
      .soft([name, path, value, answer.status])
      .toEqual([name, path, value, expect.toSatisfy(isRefusal)]);
    if (!isRefusal(answer.status)) continue;
    const { message, target = "" } = errorOf(answer);
    expect.soft(`${target} ${message}`).toContain(named);
  }
  expect(everything(arm)).toEqual(before);
});

const isRefusal = (status: unknown): boolean =>
  typeof status === "number" && status >= 400 && status < 500;

test("an api-version, an id and a name that are strange in a path are refused", async () => {
  const arm = await start();
  await givenWrites(arm);
  const body = { location: LOCATION, properties: { source: { id: vmId("web-01") } } };
  expect((await arm.ask("PUT", collectionId("a%3Fb"), { body })).status).toBe(400);
  expect((await arm.ask("GET", restorePointId("web-01-rpc", "%2F"))).status).toBe(404);
  expect((await arm.ask("GET", computePath("nothing/x"))).status).toBe(404);
});
