/** A one-disk VM more, for tests and benchmarks that need many. */
import type { Stack } from "./start-stack.ts";
import { LOCATION } from "./vm-address.ts";

/** `id` is the VM's ARM id; its resource group is made with it. */
export async function addVm({ armRequest }: Pick<Stack, "armRequest">, id: string): Promise<void> {
  const group = id.slice(0, id.indexOf("/providers/"));
  const name = id.slice(id.lastIndexOf("/") + 1);
  await armRequest("PUT", `${group}?api-version=2021-04-01`, { location: LOCATION });
  await armRequest("PUT", `${id}?api-version=2026-04-01`, {
    location: LOCATION,
    properties: {
      hardwareProfile: { vmSize: "Standard_D2s_v5" },
      storageProfile: {
        osDisk: {
          name: `${name}-os`,
          osType: "Linux",
          createOption: "FromImage",
          diskSizeGB: 8,
          managedDisk: { storageAccountType: "Premium_LRS" },
        },
      },
    },
  });
}
