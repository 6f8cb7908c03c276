/** One resource of every kind, and for every request with a body one that the emulator takes. */
import type { Answer } from "./ask.ts";
import { givenProtectedVm, givenRestorePoint, givenSubnet, POLL, SUBNET } from "./given.ts";
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
import type { Arm } from "./scene.ts";

export interface Write {
  readonly name: string;
  readonly method: "PUT" | "PATCH" | "POST";
  readonly path: string;
  readonly body: object;
}

const TAGS = { env: "prod" };

const VM = {
  location: LOCATION,
  tags: TAGS,
  zones: ["1"],
  properties: {
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    storageProfile: {
      osDisk: { createOption: "FromImage", osType: "Linux", name: "os", diskSizeGB: 30 },
      dataDisks: [{ lun: 0, createOption: "Empty", diskSizeGB: 8, caching: "None" }],
    },
    networkProfile: { networkInterfaces: [{ id: networkInterfaceId("nic-01") }] },
  },
};

const NETWORK_INTERFACE = {
  location: LOCATION,
  tags: TAGS,
  properties: {
    ipConfigurations: [{ name: "one", properties: { subnet: { id: SUBNET }, primary: true } }],
  },
};

const DISK = {
  location: LOCATION,
  tags: TAGS,
  sku: { name: "Premium_LRS" },
  properties: {
    creationData: { createOption: "Copy", sourceResourceId: diskId("web-01_DataDisk_0") },
    diskSizeGB: 8,
    networkAccessPolicy: "AllowAll",
    osType: "Linux",
  },
};

const COLLECTION = {
  location: LOCATION,
  tags: TAGS,
  properties: { source: { id: vmId("web-01") } },
};

const RESTORE_POINT = {
  properties: {
    consistencyMode: "CrashConsistent",
    excludeDisks: [{ id: diskId("web-01_DataDisk_0") }],
  },
};

const tagsOf = (id: string): string => `${id}/providers/Microsoft.Resources/tags/default`;

/** `point`: a disk restore point. */
const writes = (point: string): Write[] => [
  {
    name: "a resource group",
    method: "PUT",
    path: groupPath("other-rg"),
    body: { location: LOCATION, tags: TAGS },
  },
  {
    name: "a resource group's tags",
    method: "PATCH",
    path: groupPath(GROUP),
    body: { tags: TAGS },
  },
  { name: "a VM", method: "PUT", path: vmId("web-02"), body: VM },
  {
    name: "a VM's tags",
    method: "PATCH",
    path: vmId("web-01"),
    body: { tags: TAGS, properties: { hardwareProfile: { vmSize: "Standard_D4s_v5" } } },
  },
  {
    name: "a network interface",
    method: "PUT",
    path: networkInterfaceId("nic-02"),
    body: NETWORK_INTERFACE,
  },
  {
    name: "a network interface's tags",
    method: "PATCH",
    path: networkInterfaceId("nic-01"),
    body: { tags: TAGS },
  },
  { name: "a disk", method: "PUT", path: diskId("copied"), body: DISK },
  {
    name: "a disk's size",
    method: "PATCH",
    path: diskId("web-01_DataDisk_0"),
    body: { tags: TAGS, sku: { name: "Premium_LRS" }, properties: { diskSizeGB: 16 } },
  },
  { name: "a collection", method: "PUT", path: collectionId("second-rpc"), body: COLLECTION },
  {
    name: "a collection's tags",
    method: "PATCH",
    path: collectionId("web-01-rpc"),
    body: { tags: TAGS, properties: { source: { id: vmId("web-01") }, instantAccess: true } },
  },
  {
    name: "a restore point",
    method: "PUT",
    path: restorePointId("web-01-rpc", "rp-2"),
    body: RESTORE_POINT,
  },
  {
    name: "a grant",
    method: "POST",
    path: `${point}/beginGetAccess`,
    body: { access: "Read", durationInSeconds: 60, fileFormat: "VHD" },
  },
  {
    name: "tags",
    method: "PUT",
    path: tagsOf(vmId("web-01")),
    body: { properties: { tags: TAGS } },
  },
  {
    name: "a change of tags",
    method: "PATCH",
    path: tagsOf(collectionId("web-01-rpc")),
    body: { operation: "Merge", properties: { tags: TAGS } },
  },
];

/** With a protected VM, one restore point and a network interface. */
export async function givenWrites(arm: Arm): Promise<Write[]> {
  await givenProtectedVm(arm);
  await givenSubnet(arm);
  await arm.ask("PUT", networkInterfaceId("nic-01"), { body: NETWORK_INTERFACE });
  await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  const { sourceMetadata } = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-1");
  await arm.client.virtualMachines.update(GROUP, "web-01", { tags: {} }, POLL);
  return writes(sourceMetadata?.storageProfile?.osDisk?.diskRestorePoint?.id ?? "");
}

/** Everything that the emulator knows, except what it counts. */
export const everything = ({ emulator }: Arm): string[] =>
  [...emulator.emulator.journal.dump()].filter((line) => !line.startsWith('[["throttling"'));

export function errorOf({ body }: Answer): { code: string; message: string; target?: string } {
  const { error } = body as { error: { code: string; message: string; target?: string } };
  return error;
}
