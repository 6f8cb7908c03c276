import { describe, expect, test } from "vitest";
import { givenProtectedVm, givenRestorePoint, givenVm, POLL } from "./given.ts";
import { collectionId, diskId, GROUP, groupPath, LOCATION, restorePointId, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

/** What was announced, short: operation, resource, and whether with the request. */
const announced = ({ changes }: Arm) =>
  changes.map(({ operationName, category, resourceId, httpRequest }) => ({
    operationName,
    category,
    resourceId,
    withRequest: httpRequest !== undefined,
  }));

const compute = (
  operation: string,
  category: string,
  resourceId: string,
  withRequest: boolean,
) => ({ operationName: `Microsoft.Compute/${operation}`, category, resourceId, withRequest });

describe("Event Grid hears of", () => {
  test("a VM's creation, change, action and deletion; of the request only once it exists", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await givenVm(arm, "web-01", { tags: { a: "1" } });
    await arm.client.virtualMachines.update(GROUP, "web-01", { tags: {} }, POLL);
    await arm.client.virtualMachines.deallocate(GROUP, "web-01", POLL);
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    const id = vmId("web-01");
    expect(announced(arm)).toEqual([
      compute("virtualMachines/write", "Write", id, false),
      compute("virtualMachines/write", "Write", id, true),
      compute("virtualMachines/write", "Write", id, true),
      compute("virtualMachines/deallocate/action", "Action", id, true),
      compute("virtualMachines/delete", "Delete", id, true),
    ]);
  });

  test.each(["start", "restart", "powerOff"] as const)("the action %s", async (action) => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await arm.client.virtualMachines[action](GROUP, "web-01", POLL);
    expect(announced(arm).at(-1)).toEqual(
      compute(`virtualMachines/${action}/action`, "Action", vmId("web-01"), true),
    );
  });

  test("a disk's creation, change and deletion", async () => {
    const arm = await start();
    const model = { location: LOCATION, creationData: { createOption: "Empty" }, diskSizeGB: 1 };
    await arm.client.disks.createOrUpdate(GROUP, "data", model, POLL);
    await arm.client.disks.update(GROUP, "data", { diskSizeGB: 2 }, POLL);
    await arm.client.disks.delete(GROUP, "data", POLL);
    expect(announced(arm)).toEqual([
      compute("disks/write", "Write", diskId("data"), false),
      compute("disks/write", "Write", diskId("data"), true),
      compute("disks/delete", "Delete", diskId("data"), true),
    ]);
  });

  test("collections and restore points", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    await arm.client.restorePointCollections.update(GROUP, "web-01-rpc", { tags: { a: "1" } });
    await arm.client.restorePoints.delete(GROUP, "web-01-rpc", "rp-1", POLL);
    await finished(arm, await arm.ask("DELETE", collectionId("web-01-rpc")));
    const point = restorePointId("web-01-rpc", "rp-1");
    const collection = collectionId("web-01-rpc");
    expect(announced(arm).slice(1)).toEqual([
      compute("restorePointCollections/write", "Write", collection, false),
      compute("restorePointCollections/restorePoints/write", "Write", point, false),
      compute("restorePointCollections/write", "Write", collection, true),
      compute("restorePointCollections/restorePoints/delete", "Delete", point, true),
      compute("restorePointCollections/delete", "Delete", collection, true),
    ]);
  });

  test("what failed in the end, and of nothing that was refused, and no read", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const before = arm.changes.length;
    const failure = { code: "InternalError", message: "No." };
    const status = "Failed";
    arm.emulator.faults.failNextOperation({ kind: "createRestorePoint", ...failure });
    arm.emulator.faults.failNextOperation({ kind: "actOnVirtualMachine", ...failure });
    await finished(arm, await arm.ask("PUT", restorePointId("web-01-rpc", "rp-1"), { body: {} }));
    await finished(arm, await arm.ask("POST", `${vmId("web-01")}/start`));
    await arm.ask("PUT", vmId("web-02"), { body: {} });
    await arm.ask("DELETE", vmId("web-02"));
    await arm.ask("GET", groupPath(GROUP));
    expect(arm.changes.slice(before)).toMatchObject([
      { operationName: "Microsoft.Compute/restorePointCollections/restorePoints/write", status },
      { operationName: "Microsoft.Compute/virtualMachines/start/action", status },
    ]);
  });
});

test("a change has the resource as it is after it, and the request's ids", async () => {
  const arm = await start();
  await givenVm(arm, "web-01", { tags: { env: "prod" } });
  await arm.client.virtualMachines.update(GROUP, "web-01", { tags: { env: "test" } }, POLL);
  await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
  const [created, updated, deleted] = arm.changes;
  const resource = {
    id: vmId("web-01"),
    name: "web-01",
    type: "Microsoft.Compute/virtualMachines",
    location: LOCATION,
    properties: { provisioningState: "Succeeded", vmId: expect.any(String) },
  };
  expect(created?.resource).toMatchObject({ ...resource, tags: { env: "prod" } });
  expect(updated).toMatchObject({
    at: expect.any(Date),
    correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    resource: { ...resource, tags: { env: "test" } },
    httpRequest: {
      method: "PATCH",
      url: expect.stringContaining(`${arm.emulator.url}${vmId("web-01")}?api-version=`),
      clientRequestId: expect.any(String),
    },
  });
  expect(deleted?.resource).toBeUndefined();
});
