/** What is the client's own in what restores ask for: requests, failures, pages, and what ARM may answer besides. */
import { describe, expect, test } from "vitest";
import type { FaultAnswer } from "../../local/arm/faults.ts";
import type { AzureArm } from "../../src/lib/azure/azure-arm.ts";
import {
  diskId,
  GROUP,
  groupPath,
  LOCATION,
  networkId,
  networkInterfaceId,
  SUBSCRIPTION,
  vmId,
} from "../integration/arm/names.ts";
import { azuriteOfThisFile } from "../integration/arm/scene.ts";
import { azureArm } from "./arm-scene.ts";

const startEmulator = azuriteOfThisFile();
const NIC = networkInterfaceId("nic");
const common = { location: LOCATION, tags: {} };
const networkInterface = { ...common, id: NIC, subnetId: `${networkId("net")}/subnets/web` };
const vm = {
  ...common,
  id: vmId("vm"),
  size: "Standard_D2s_v5",
  osType: "Linux",
  disks: [{ id: diskId("os") }],
  networkInterfaceId: NIC,
  recorded: {},
} as const;

const METHODS: [string, (arm: AzureArm) => Promise<{ kind: string }>][] = [
  ["getResource of a disk", (arm) => arm.getResource(diskId("x"))],
  ["getResource of a network interface", (arm) => arm.getResource(NIC)],
  ["getResource of a VM", (arm) => arm.getResource(vmId("x"))],
  ["getPowerState", (arm) => arm.getPowerState(vmId("x"))],
  ["getNetworkPlace", (arm) => arm.getNetworkPlace(NIC)],
  ["getVirtualNetwork", (arm) => arm.getVirtualNetwork(networkId("net"))],
  ["getResourceGroup", (arm) => arm.getResourceGroup(SUBSCRIPTION, GROUP)],
  ["listSkus", (arm) => arm.listSkus(SUBSCRIPTION, LOCATION)],
  ["listPermissions", (arm) => arm.listPermissions(groupPath(GROUP))],
  [
    "putDisk",
    (arm) => arm.putDisk({ ...common, id: diskId("x"), sku: "x", diskRestorePointId: "x" }),
  ],
  ["putNetworkInterface", (arm) => arm.putNetworkInterface(networkInterface)],
  ["putVirtualMachine", (arm) => arm.putVirtualMachine(vm)],
  ["deallocate", (arm) => arm.deallocate(vmId("x"))],
  ["deleteResource of a disk", (arm) => arm.deleteResource(diskId("x"))],
  ["deleteResource of a network interface", (arm) => arm.deleteResource(NIC)],
  ["deleteResource of a VM", (arm) => arm.deleteResource(vmId("x"))],
];

async function start(...answers: FaultAnswer[]) {
  const { emulator } = await startEmulator();
  for (const answer of answers) emulator.faults.add({ answer });
  emulator.clearRequests();
  return { emulator, arm: azureArm(emulator.url), requests: () => emulator.requests };
}

const error = { code: "SomeCode", message: "Some words." };

describe("one request, and ARM's words in the answer", () => {
  test.each<[FaultAnswer, object]>([
    [
      { status: 403, body: { error } },
      { kind: "refused", conflict: false, error },
    ],
    [
      { status: 409, body: { error } },
      { kind: "refused", conflict: true, error },
    ],
    [
      { status: 404, body: { error } },
      { kind: "notFound", error },
    ],
    [
      { status: 503, body: { error } },
      { kind: "unsettled", error },
    ],
    [
      { status: 429, body: { error }, headers: { "Retry-After": "7" } },
      { kind: "throttled", retryAfterMs: 7000, error },
    ],
    ["reset", { kind: "unsettled" }],
  ])("with %j", async (answer, expected) => {
    const { emulator, arm, requests } = await start();
    for (const [method, ask] of METHODS) {
      emulator.faults.add({ answer });
      emulator.clearRequests();
      expect([method, await ask(arm)]).toMatchObject([method, expected]);
      expect([method, requests().length]).toEqual([method, 1]);
    }
  });
});

describe("a network interface", () => {
  test("that ARM goes on with is no more than accepted", async () => {
    const statusUrl = "https://arm.test/operations/1";
    const headers = { "Azure-AsyncOperation": statusUrl, "Retry-After": "3" };
    const { arm } = await start({ status: 201, headers }, { status: 202, headers });
    const accepted = { kind: "accepted", statusUrl, retryAfterMs: 3000 };
    expect(await arm.putNetworkInterface(networkInterface)).toEqual(accepted);
    expect(await arm.deleteResource(NIC)).toEqual(accepted);
  });

  test("that ARM does not go on with is done", async () => {
    const { arm } = await start({ status: 200, body: {} }, { status: 204 });
    expect(await arm.putNetworkInterface(networkInterface)).toEqual({ kind: "done" });
    expect(await arm.deleteResource(NIC)).toEqual({ kind: "done" });
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["no JSON", "<html>"],
    ["something else", { value: [] }],
    ["no subnet", { properties: { ipConfigurations: [{ properties: {} }] } }],
    ["no address at all", { properties: { ipConfigurations: [] } }],
  ])("of which ARM tells %s is as good as not asked for", async (_what, body) => {
    const { arm } = await start({ status: 200, body });
    expect(await arm.getNetworkPlace(NIC)).toMatchObject({ kind: "unsettled" });
  });
});

describe("a list", () => {
  const one = { actions: ["*/read"], notActions: [] };
  const other = { actions: ["Microsoft.Compute/*"], notActions: ["*/delete"] };
  const sku = (name: string) => ({
    ...{ resourceType: "disks", name, locations: [LOCATION] },
    locationInfo: [{ location: LOCATION, zones: ["1"] }],
  });

  test("is read to its end", async () => {
    const { emulator, arm, requests } = await start();
    const nextLink = `${emulator.url}${groupPath(GROUP)}/more?api-version=1`;
    const answer = (...bodies: object[]) => {
      for (const body of bodies) emulator.faults.add({ answer: { status: 200, body } });
    };
    answer({ value: [one], nextLink }, { value: [other], nextLink: "" });
    const permissions = await arm.listPermissions(groupPath(GROUP));
    expect(permissions).toEqual({ kind: "found", permissions: [one, other] });
    answer({ value: [sku("A")], nextLink }, { value: [sku("B")] });
    expect(await arm.listSkus(SUBSCRIPTION, LOCATION)).toMatchObject({
      kind: "found",
      skus: [{ name: "A" }, { name: "B" }],
    });
    expect(requests()).toHaveLength(4);
  });

  test("is not followed elsewhere, which would give our token away", async () => {
    const { emulator, arm, requests } = await start();
    const { emulator: elsewhere } = await startEmulator();
    elsewhere.clearRequests();
    const nextLink = `${elsewhere.url}${groupPath(GROUP)}`;
    const foreign = { kind: "refused", error: { code: "ForeignNextLink" } };
    emulator.faults.add({ answer: { status: 200, body: { value: [one], nextLink } }, times: 2 });
    expect(await arm.listPermissions(groupPath(GROUP))).toMatchObject(foreign);
    expect(await arm.listSkus(SUBSCRIPTION, LOCATION)).toMatchObject(foreign);
    expect([requests().length, elsewhere.requests.length]).toEqual([2, 0]);
  });
});

describe("an id that leads elsewhere", () => {
  test.each([
    networkId("net/../../networkInterfaces/nic"),
    networkId("%2e%2e"),
    networkId("net?x=1"),
    networkId("net#x"),
    "//elsewhere.test/subscriptions",
    "https://elsewhere.test/subscriptions",
  ])("%s is a bug of ours, and not asked for", async (id) => {
    const { arm, requests } = await start();
    await expect(arm.getVirtualNetwork(id)).rejects.toThrow("Not the path of a resource");
    expect(requests()).toEqual([]);
  });

  test("is one of another kind, too", async () => {
    const { arm, requests } = await start();
    for (const ask of [arm.getResource(networkId("net")), arm.deleteResource(groupPath(GROUP))]) {
      await expect(ask).rejects.toThrow("Not a disk, a network interface or a VM");
    }
    expect(requests()).toEqual([]);
  });
});
