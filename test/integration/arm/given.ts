/** Resources that tests start from, made by the real SDK. */
import type { RestorePoint, RestorePointCollection, VirtualMachine } from "@azure/arm-compute";
import { GROUP, LOCATION, networkId, vmId } from "./names.ts";
import type { Arm } from "./scene.ts";

/** For every poller: the default asks every two seconds. */
export const POLL = { updateIntervalInMs: 10 };

/** Where it is once `givenSubnet` has made it. */
export const SUBNET = `${networkId("net")}/subnets/web`;

/** A VM from an image: an OS disk and one data disk. */
export const vmModel = (rest: Partial<VirtualMachine> = {}): VirtualMachine => ({
  location: LOCATION,
  hardwareProfile: { vmSize: "Standard_D2s_v5" },
  osProfile: { computerName: "web", adminUsername: "operator" },
  storageProfile: {
    osDisk: { createOption: "FromImage", osType: "Linux", diskSizeGB: 30 },
    dataDisks: [{ lun: 0, createOption: "Empty", diskSizeGB: 8 }],
  },
  ...rest,
});

export const givenVm = async (
  { client }: Arm,
  name: string,
  rest: Partial<VirtualMachine> = {},
): Promise<VirtualMachine> =>
  await client.virtualMachines.createOrUpdate(GROUP, name, vmModel(rest), POLL);

/** Of a VM of the resource group; for a VM of another name, say which. */
export const givenCollection = async (
  { client }: Arm,
  name: string,
  vm = "web-01",
): Promise<RestorePointCollection> =>
  await client.restorePointCollections.createOrUpdate(GROUP, name, {
    location: LOCATION,
    source: { id: vmId(vm) },
  });

/** Waits for it to be there. */
export const givenRestorePoint = async (
  { client }: Arm,
  collection: string,
  name: string,
  model: RestorePoint = { consistencyMode: "CrashConsistent" },
): Promise<RestorePoint> => await client.restorePoints.create(GROUP, collection, name, model, POLL);

/** The VM web-01 and its collection web-01-rpc. */
export async function givenProtectedVm(
  arm: Arm,
  rest: Partial<VirtualMachine> = {},
): Promise<void> {
  await givenVm(arm, "web-01", rest);
  await givenCollection(arm, "web-01-rpc");
}

/** The network `net` with its subnet `web`. */
export async function givenSubnet({ ask }: Arm): Promise<void> {
  const addressSpace = { addressPrefixes: ["10.0.0.0/16"] };
  const subnets = [{ name: "web", properties: { addressPrefix: "10.0.1.0/24" } }];
  const properties = { addressSpace, subnets };
  await ask("PUT", networkId("net"), { body: { location: LOCATION, properties } });
}

export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}
