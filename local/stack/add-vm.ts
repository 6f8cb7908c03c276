/** A VM more, for tests and benchmarks that need many. */
import type { Stack } from "./start-stack.ts";
import { LOCATION } from "./vm-address.ts";

const NETWORK_VERSION = "api-version=2024-05-01";

/** `id` is the VM's ARM id; its resource group, network and network interface are made with it. */
export async function addVm(
  { armRequest }: Pick<Stack, "armRequest">,
  id: string,
  dataDisks = 0,
): Promise<void> {
  const group = id.slice(0, id.indexOf("/providers/"));
  const name = id.slice(id.lastIndexOf("/") + 1);
  const location = LOCATION;
  await armRequest("PUT", `${group}?api-version=2021-04-01`, { location });
  const network = `${group}/providers/Microsoft.Network/virtualNetworks/vms`;
  await armRequest("PUT", `${network}?${NETWORK_VERSION}`, {
    location,
    properties: {
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      subnets: [{ name: "vms", properties: { addressPrefix: "10.0.0.0/17" } }],
    },
  });
  const nic = `${group}/providers/Microsoft.Network/networkInterfaces/${name}-nic`;
  const subnet = { id: `${network}/subnets/vms` };
  await armRequest("PUT", `${nic}?${NETWORK_VERSION}`, {
    location,
    properties: { ipConfigurations: [{ name: "primary", properties: { subnet, primary: true } }] },
  });
  await armRequest("PUT", `${id}?api-version=2026-04-01`, {
    location,
    properties: {
      hardwareProfile: { vmSize: "Standard_D2s_v5" },
      networkProfile: { networkInterfaces: [{ id: nic }] },
      storageProfile: {
        osDisk: {
          name: `${name}-os`,
          osType: "Linux",
          createOption: "FromImage",
          diskSizeGB: 8,
          managedDisk: { storageAccountType: "Premium_LRS" },
        },
        dataDisks: Array.from({ length: dataDisks }, (_, lun) => ({
          ...{ lun, name: `${name}-data-${lun}`, createOption: "Empty", diskSizeGB: 8 },
          managedDisk: { storageAccountType: "Premium_LRS" },
        })),
      },
    },
  });
}
