/** What is the fake's own in what restores make: how long it takes, what it tells tests, and whom it knows besides. */
import { beforeEach, expect, test } from "vitest";
import { FakeArm } from "../fakes/fake-arm.ts";
import { disk, diskId, virtualMachine, vmId, vmKey } from "../fixtures/records.ts";

const GROUP = vmId().replace(/\/providers\/.*/, "");
const COLLECTION = vmId().replace(/virtualMachines\/.*/, "restorePointCollections/rpc");
const POINT = `${COLLECTION}/restorePoints/t1-a1`;
const DISK_POINT = `${POINT}/diskRestorePoints/web-01-os_0`;
const NETWORK = `${GROUP}/providers/Microsoft.Network`;
const NIC = `${NETWORK}/networkInterfaces/nic`;
const place = { location: "westeurope", tags: { restore: "r-1" } };
const diskRequest = {
  ...place,
  id: diskId("restored"),
  sku: "Premium_LRS",
  diskRestorePointId: DISK_POINT,
};
const interfaceRequest = {
  ...place,
  id: NIC,
  subnetId: `${NETWORK}/virtualNetworks/vnet/subnets/default`,
};
const vmRequest = {
  ...place,
  id: vmId("restored"),
  size: "Standard_D2s_v5",
  osType: "Linux",
  disks: [{ id: diskId("restored") }],
  networkInterfaceId: NIC,
  recorded: {},
} as const;

let now: number;
let arm: FakeArm;

beforeEach(async () => {
  now = Date.parse("2026-01-31T10:00:00Z");
  arm = new FakeArm(() => now);
  arm.vms.set(vmKey(), virtualMachine({ disks: [disk("web-01-os")] }));
  const collection = { id: COLLECTION, location: "westeurope", sourceId: vmId() };
  await arm.putRestorePointCollection(collection);
  await arm.putRestorePoint({ id: POINT, excludeDiskIds: [] });
  now += arm.createMs;
});

async function stateOf(id: string): Promise<string> {
  const answer = await arm.getResource(id);
  return answer.kind === "found" ? answer.resource.provisioningState : answer.kind;
}

/** Right before and right after it. */
async function statesAround(ms: number, id: string): Promise<string[]> {
  now += ms - 1;
  const before = await stateOf(id);
  now += 1;
  return [before, await stateOf(id)];
}

test("each is made and removed in the time that is set, and a network interface at once", async () => {
  expect(await arm.putDisk(diskRequest)).toMatchObject({ kind: "accepted" });
  expect(await statesAround(arm.diskMs, diskRequest.id)).toEqual(["Creating", "Succeeded"]);
  expect(await arm.putNetworkInterface(interfaceRequest)).toEqual({ kind: "done" });
  expect(await arm.putVirtualMachine(vmRequest)).toMatchObject({ kind: "accepted" });
  expect(await statesAround(arm.vmMs, vmRequest.id)).toEqual(["Creating", "Succeeded"]);
  await arm.deleteResource(vmRequest.id);
  expect(await statesAround(arm.removeMs, vmRequest.id)).toEqual(["Deleting", "notFound"]);
});

test("tests see what there is, and of which disk restore point a disk is", async () => {
  await arm.putDisk(diskRequest);
  await arm.putDisk({ ...diskRequest, id: diskId("other"), tags: { restore: "r-2" } });
  const ids = (tag?: string, value?: string) => arm.resources(tag, value).map(({ id }) => id);
  expect(ids()).toEqual([diskRequest.id, diskId("other")]);
  expect(ids("restore", "r-2")).toEqual([diskId("other")]);
  expect(ids("team")).toEqual([]);
  const [first] = arm.resources("restore", "r-1");
  expect(first).toMatchObject({ kind: "disk", request: { diskRestorePointId: DISK_POINT } });
});

test("a network interface that shall fail later is accepted first", async () => {
  const error = { code: "InternalError", message: "Please retry." };
  arm.fault = () => ({ kind: "failLater", error });
  const answer = await arm.putNetworkInterface(interfaceRequest);
  arm.fault = () => undefined;
  if (answer.kind !== "accepted") throw new Error("It was not accepted.");
  expect(await arm.look(answer.statusUrl ?? "")).toEqual({ kind: "failed", error });
  expect(await stateOf(NIC)).toBe("Failed");
});

test("a VM that was deallocated is not started by another PUT", async () => {
  await arm.putDisk(diskRequest);
  await arm.putNetworkInterface(interfaceRequest);
  await arm.putVirtualMachine(vmRequest);
  await arm.deallocate(vmRequest.id);
  now += arm.deallocateMs;
  await arm.putVirtualMachine(vmRequest);
  const answer = await arm.getPowerState(vmRequest.id);
  expect(answer).toEqual({ kind: "found", powerState: "deallocated" });
});

test("what is being removed is not made meanwhile", async () => {
  await arm.putDisk(diskRequest);
  await arm.putNetworkInterface(interfaceRequest);
  for (const { id } of [diskRequest, interfaceRequest]) await arm.deleteResource(id);
  const refused = { kind: "refused", conflict: true };
  expect(await arm.putDisk(diskRequest)).toMatchObject(refused);
  expect(await arm.putNetworkInterface(interfaceRequest)).toMatchObject(refused);
  expect(await arm.putVirtualMachine(vmRequest)).toMatchObject({ kind: "refused" });
});

test("the protected VM and its disks are there, are not written over, and a removal is seen", async () => {
  expect(await stateOf(vmId())).toBe("Succeeded");
  expect(await stateOf(diskId("web-01-os"))).toBe("Succeeded");
  const refused = { kind: "refused", conflict: true };
  expect(await arm.putVirtualMachine({ ...vmRequest, id: vmId() })).toMatchObject(refused);
  expect(await arm.deleteResource(diskId("web-01-os"))).toMatchObject(refused);
  await arm.deleteResource(vmId());
  expect(arm.vms.has(vmKey())).toBe(false);
});
