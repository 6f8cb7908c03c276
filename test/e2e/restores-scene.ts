/** A VM with an OS disk and three data disks on the local stack, and its restores over HTTP. */
import { z } from "zod";
import { recognisableBytes } from "../../local/stack/disk-bytes.ts";
import { createDiskContent } from "../../local/stack/disk-content.ts";
import type { Stack } from "../../local/stack/start-stack.ts";
import {
  diskIdOf,
  LOCATION,
  NETWORK_ID,
  networkInterfaceIdOf,
  vmIdOf,
  vmKeyOf,
} from "../../local/stack/vm-address.ts";
import { download } from "./grants-scene.ts";
import { waitFor } from "./wait-for.ts";

const MIB = 1024 ** 2;
const PAGE = 512;
const NETWORK_VERSION = "api-version=2024-05-01";
const DISK_VERSION = "api-version=2026-03-02";
const VM_VERSION = "api-version=2026-04-01";
export const VM = "vault-01";
const DISKS = ["os", "data-0", "data-1", "data-2"].map((name) => `${VM}-${name}`);
const SIZE_GB = 4;
/** Where something is written on each disk: at the beginning, in between, and up to the very end. */
const WRITTEN = [0, 5 * MIB, 700 * MIB + 3 * PAGE, SIZE_GB * 1024 * MIB - 8 * PAGE];

const restoreSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  resources: z.array(
    z.looseObject({ role: z.string(), resourceId: z.string(), source: z.string().optional() }),
  ),
});
export type RestoreAnswer = z.infer<typeof restoreSchema>;

/** Everything that is not zero, page by page. */
type Content = ReadonlyMap<number, string>;

/** Makes the VM, and writes to its disks. */
export async function addVault(stack: Stack): Promise<void> {
  const { armRequest } = stack;
  const content = createDiskContent(stack.addresses);
  const subnet = { id: `${NETWORK_ID}/subnets/vms` };
  await armRequest("PUT", `${networkInterfaceIdOf(VM)}?${NETWORK_VERSION}`, {
    location: LOCATION,
    properties: { ipConfigurations: [{ name: "primary", properties: { subnet, primary: true } }] },
  });
  for (const disk of DISKS) {
    await armRequest("PUT", `${diskIdOf(disk)}?${DISK_VERSION}`, {
      location: LOCATION,
      sku: { name: "Premium_LRS" },
      properties: { creationData: { createOption: "Empty" }, diskSizeGB: SIZE_GB },
    });
    await waitFor(
      `${disk} to be there`,
      async () => (await stateOf(stack, diskIdOf(disk), DISK_VERSION)) === "Succeeded" || undefined,
    );
    for (const offset of WRITTEN) {
      await content.write(diskIdOf(disk), offset, recognisableBytes(`${disk} ${offset}`, 8));
    }
  }
  await armRequest("PUT", `${vmIdOf(VM)}?${VM_VERSION}`, {
    location: LOCATION,
    tags: { team: "vaults" },
    properties: {
      hardwareProfile: { vmSize: "Standard_D4s_v5" },
      licenseType: "RHEL_BYOS",
      securityProfile: { securityType: "TrustedLaunch", uefiSettings: { vTpmEnabled: true } },
      networkProfile: { networkInterfaces: [{ id: networkInterfaceIdOf(VM) }] },
      storageProfile: {
        osDisk: { ...attached(DISKS[0]), osType: "Linux", caching: "ReadOnly" },
        dataDisks: DISKS.slice(1).map((disk, lun) => ({ ...attached(disk), lun, caching: "None" })),
      },
    },
  });
  await waitFor(
    "the VM to be there",
    async () => (await stateOf(stack, vmIdOf(VM), VM_VERSION)) === "Succeeded" || undefined,
  );
}

const attached = (disk = "") => ({
  name: disk,
  createOption: "Attach",
  managedDisk: { id: diskIdOf(disk), storageAccountType: "Premium_LRS" },
});

async function stateOf({ armRequest }: Stack, id: string, version: string): Promise<string> {
  const answer = await (await armRequest("GET", `${id}?${version}`)).json();
  return z
    .looseObject({ properties: z.looseObject({ provisioningState: z.string() }) })
    .parse(answer).properties.provisioningState;
}

/** With its disks and its network interface: nothing of the source is left. */
export async function deleteVault(stack: Stack): Promise<void> {
  const gone = async (id: string, version: string) => {
    await stack.armRequest("DELETE", `${id}?${version}`);
    await waitFor(`${id} to go`, async () => {
      const reading = stack.armRequest("GET", `${id}?${version}`);
      return await reading.then(
        () => undefined,
        () => true,
      );
    });
  };
  await gone(vmIdOf(VM), VM_VERSION);
  await gone(networkInterfaceIdOf(VM), NETWORK_VERSION);
  for (const disk of DISKS) await gone(diskIdOf(disk), DISK_VERSION);
}

/** What each disk had from the beginning, by its name. */
export const contentsBefore = (): ReadonlyMap<string, Content> =>
  new Map(
    DISKS.map((disk) => [
      disk,
      pagesOf(
        WRITTEN.map((offset) => ({ offset, bytes: recognisableBytes(`${disk} ${offset}`, 8) })),
      ),
    ]),
  );

function pagesOf(pieces: readonly { offset: number; bytes: Buffer }[]): Content {
  const pages = new Map<number, string>();
  for (const { offset, bytes } of pieces) {
    for (let at = 0; at < bytes.length; at += PAGE) {
      const page = bytes.subarray(at, at + PAGE);
      if (page.some((byte) => byte !== 0)) pages.set(offset + at, page.toString("latin1"));
    }
  }
  return pages;
}

/** What each restored disk has, every byte of it, by the name of its source; read over a SAS of ARM's. */
export async function contentsOf(
  stack: Stack,
  { resources }: RestoreAnswer,
): Promise<ReadonlyMap<string, Content>> {
  const contents = new Map<string, Content>();
  for (const { role, resourceId, source = "" } of resources) {
    if (role === "disk")
      contents.set(source, pagesOf(await download(await sasOf(stack, resourceId))));
  }
  return contents;
}

async function sasOf({ armRequest }: Stack, diskId: string): Promise<string> {
  const asked = { access: "Read", durationInSeconds: 3600 };
  const { headers } = await armRequest("POST", `${diskId}/beginGetAccess?${DISK_VERSION}`, asked);
  const location = headers.get("location") ?? "";
  return await waitFor(`access to ${diskId}`, async () => {
    const response = await armRequest("GET", location);
    if (response.status !== 200) return undefined;
    return z.looseObject({ accessSAS: z.url() }).parse(await response.json()).accessSAS;
  });
}

/** Asks for a restore as an operator, and waits for its end. */
export async function restored(stack: Stack, point: string, body: object): Promise<RestoreAnswer> {
  const path = `/vms/${vmKeyOf(VM)}/restore-points/${point}/restores`;
  const response = await stack.api(path, { caller: "operator", method: "POST", body });
  const text = await response.text();
  if (response.status !== 202)
    throw new Error(`The restore was answered ${response.status}: ${text}`);
  const { id } = restoreSchema.parse(JSON.parse(text));
  return await waitFor("the restore to end", async () => {
    const answer = await (await stack.api(`/operations/${id}`, { caller: "operator" })).json();
    const restore = restoreSchema.parse(answer);
    if (restore.status === "Failed") throw new Error(JSON.stringify(answer));
    return restore.status === "Succeeded" ? restore : undefined;
  });
}
