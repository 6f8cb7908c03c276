import { describe, expect, test } from "vitest";
import { givenProtectedVm } from "./given.ts";
import {
  collectionId,
  diskId,
  GROUP,
  groupPath,
  LOCATION,
  networkInterfaceId,
  restorePointId,
  vmId,
} from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const TAGGABLE = [
  ["a resource group", groupPath(GROUP), "Microsoft.Resources/resourceGroups"],
  ["a VM", vmId("web-01"), "Microsoft.Compute/virtualMachines"],
  ["a disk", diskId("web-01_OsDisk_1"), "Microsoft.Compute/disks"],
  ["a collection", collectionId("web-01-rpc"), "Microsoft.Compute/restorePointCollections"],
  ["a network interface", networkInterfaceId("nic-01"), "Microsoft.Network/networkInterfaces"],
] as const;

const at = (id: string): string => `${id}/providers/Microsoft.Resources/tags/default`;

async function given(): Promise<Arm> {
  const arm = await start();
  await givenProtectedVm(arm);
  const properties = { ipConfigurations: [{ name: "one", properties: {} }] };
  await arm.ask("PUT", networkInterfaceId("nic-01"), { body: { location: LOCATION, properties } });
  return arm;
}

describe.each(TAGGABLE)("the tags of %s", (_, id, type) => {
  test("are written, merged, deleted and read at the Tags API", async () => {
    const arm = await given();
    const path = at(id);
    const write = async (method: string, body: object) =>
      (await arm.ask(method, path, { body })).body;
    expect(await write("PUT", { properties: { tags: { a: "1", b: "2" } } })).toEqual({
      id: path,
      name: "default",
      type: "Microsoft.Resources/tags",
      properties: { tags: { a: "1", b: "2" } },
    });
    const merge = { operation: "Merge", properties: { tags: { B: "3", c: "4" } } };
    expect(await write("PATCH", merge)).toMatchObject({
      properties: { tags: { a: "1", B: "3", c: "4" } },
    });
    const remove = { operation: "Delete", properties: { tags: { a: "1", c: "other" } } };
    expect(await write("PATCH", remove)).toMatchObject({
      properties: { tags: { B: "3", c: "4" } },
    });
    expect((await arm.ask("GET", path)).body).toMatchObject({
      properties: { tags: { B: "3", c: "4" } },
    });
    expect((await arm.ask("GET", id)).body).toMatchObject({ tags: { B: "3", c: "4" } });
  });

  test("are all gone after DELETE, and the resource stays as it is", async () => {
    const arm = await given();
    const { body: before } = await arm.ask("GET", id);
    await arm.ask("PUT", at(id), { body: { properties: { tags: { a: "1" } } } });
    expect(await arm.ask("DELETE", at(id))).toMatchObject({ status: 200, body: undefined });
    expect((await arm.ask("GET", at(id))).body).toMatchObject({ properties: { tags: {} } });
    const { body: after } = await arm.ask("GET", id);
    expect(after).toMatchObject({
      id,
      type,
      properties: (before as { properties: object }).properties,
    });
  });

  test("are announced with the resource as it then is", async () => {
    const arm = await given();
    const path = at(id).toUpperCase();
    await arm.ask("PUT", path, { body: { properties: { tags: { a: "1" } } } });
    expect(arm.changes.at(-1)).toMatchObject({
      resourceId: id,
      operationName: "Microsoft.Resources/tags/write",
      resource: { id, type, tags: { a: "1" } },
    });
  });

  test("are written by PATCH of the resource too, as a whole", async () => {
    const arm = await given();
    for (const tags of [{ a: "1", b: "2" }, { c: "3" }]) {
      const { status } = await arm.ask("PATCH", id, { body: { tags } });
      expect([200, 202]).toContain(status);
      await arm.emulator.emulator.operations.idle();
      expect((await arm.ask("GET", at(id))).body).toMatchObject({ properties: { tags } });
    }
    expect((await arm.ask("GET", at(id))).body).toHaveProperty("properties.tags", { c: "3" });
  });
});

test("what is not there, or has no tags, has none at the Tags API either", async () => {
  const arm = await given();
  for (const id of [vmId("nope"), diskId("nope"), groupPath("nope")]) {
    expect((await arm.ask("GET", at(id))).status).toBe(404);
    const body = { properties: { tags: { a: "1" } } };
    expect((await arm.ask("PUT", at(id), { body })).status).toBe(404);
  }
  expect((await arm.ask("GET", at(restorePointId("web-01-rpc", "rp-1")))).status).toBe(404);
});
