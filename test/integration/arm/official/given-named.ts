/** What an official example takes for granted: the resources that it names, under these very names. */
import { sameId } from "../../../../local/arm/paths.ts";
import { groupPath } from "../names.ts";
import type { Arm } from "../scene.ts";
import { finished } from "../wait.ts";
import type { Example } from "./example.ts";

const VM_GROUP = "myResourceGroup";
/** The region of the VM that the examples protect, and the one that they copy to. */
const HOME = "eastus";
const AWAY = "norwayeast";
const DATA_DISK = "TestDisk";

const compute = (group: string, path: string): string =>
  `${groupPath(group)}/providers/Microsoft.Compute/${path}`;

const VM = compute(VM_GROUP, "virtualMachines/myVM");
const SOURCE = compute(VM_GROUP, "restorePointCollections/sourceRpcName");

export async function givenNamed(arm: Arm, example: Example): Promise<void> {
  for (const group of [VM_GROUP, "rgcompute"]) {
    await made(arm, groupPath(group), { location: HOME });
  }
  await made(arm, VM, vmWithDisk(example));
  await givenCollections(arm, example);
  await givenPoint(arm, example);
  await givenDisk(arm, example);
}

const isCreation = ({ method, title }: Example, type: string): boolean =>
  method === "PUT" && title.includes(`/${type}_C`);

async function givenCollections(arm: Arm, example: Example): Promise<void> {
  const { restorePointCollectionName, resourceGroupName = "" } = example.names;
  await made(arm, SOURCE, { location: HOME, properties: { source: { id: VM } } });
  await made(arm, `${SOURCE}/restorePoints/sourceRpName`, {});
  if (restorePointCollectionName === undefined) return;
  if (isCreation(example, "RestorePointCollection")) return;
  const id = compute(resourceGroupName, `restorePointCollections/${restorePointCollectionName}`);
  const { location, source } = isOfCopies(example)
    ? { location: AWAY, source: SOURCE }
    : { location: HOME, source: VM };
  const instantAccess = isInstant(example) ? { instantAccess: true } : {};
  await made(arm, id, { location, properties: { source: { id: source }, ...instantAccess } });
}

async function givenPoint(arm: Arm, example: Example): Promise<void> {
  const { resourceGroupName = "", restorePointCollectionName, expand } = example.names;
  const { restorePointName, vmRestorePointName, diskRestorePointName } = example.names;
  const name = restorePointName ?? vmRestorePointName ?? expand;
  if (name === undefined || isCreation(example, "RestorePoint")) return;
  const collection = `restorePointCollections/${restorePointCollectionName}`;
  const id = compute(resourceGroupName, `${collection}/restorePoints/${name}`);
  const sourceRestorePoint = { id: `${SOURCE}/restorePoints/sourceRpName` };
  await made(arm, id, isOfCopies(example) ? { properties: { sourceRestorePoint } } : {});
  if (diskRestorePointName !== undefined) rename(arm, id, diskRestorePointName);
}

/** Azure makes the names of disk restore points itself, and so does the emulator: other ones than in the example. */
function rename({ emulator }: Arm, pointId: string, name: string): void {
  const { restorePoints } = emulator.emulator.state;
  const point = restorePoints.all().find(({ id }) => sameId(id, pointId));
  if (point === undefined) throw new Error(`No restore point ${pointId}`);
  const disks = point.disks.map((disk) =>
    disk.source.name === DATA_DISK ? { ...disk, name } : disk,
  );
  restorePoints.set({ ...point, disks });
}

async function givenDisk(arm: Arm, example: Example): Promise<void> {
  const { diskName } = example.names;
  const empty = { creationData: { createOption: "Empty" }, diskSizeGB: 8 };
  const disk = { location: HOME, properties: empty };
  // Stands for the snapshot that one example copies: the emulator has none.
  await made(arm, compute(VM_GROUP, "disks/mySnapshot"), { ...disk, location: "westus" });
  if (diskName !== undefined && !isCreation(example, "Disk")) {
    await made(arm, compute(VM_GROUP, `disks/${diskName}`), disk);
  }
}

/** What is exported as VHDX has sectors of 4096 bytes: Premium SSD v2 and Ultra disks. */
const isPremiumV2 = (example: Example): boolean =>
  isInstant(example) || JSON.stringify(example.body ?? {}).includes("VHDX");

const isInstant = ({ title, body }: Example): boolean =>
  /InstantAccess/.test(title) || JSON.stringify(body ?? {}).includes("instantAccess");

const isOfCopies = ({ title }: Example): boolean => /Copy|DifferentRegion/.test(title);

/** disk123 is the one that an example leaves out; instant access and VHDX are for Premium SSD v2 disks. */
const vmWithDisk = (example: Example) => ({
  location: HOME,
  zones: ["1"],
  properties: {
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    osProfile: { computerName: "web", adminUsername: "operator" },
    storageProfile: {
      osDisk: { createOption: "FromImage", osType: "Windows", diskSizeGB: 30 },
      dataDisks: [
        { lun: 0, name: "disk123", createOption: "Empty", diskSizeGB: 8 },
        {
          lun: 1,
          name: DATA_DISK,
          createOption: "Empty",
          diskSizeGB: 8,
          ...(isPremiumV2(example) ? { managedDisk: { storageAccountType: "PremiumV2_LRS" } } : {}),
        },
      ],
    },
  },
});

async function made(arm: Arm, path: string, body: object): Promise<void> {
  const answer = await arm.ask("PUT", path, { body });
  if (answer.status >= 400) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  if (!answer.headers.has("Azure-AsyncOperation")) return;
  const end = await finished(arm, answer);
  if (!("status" in end) || end.status !== "Succeeded") {
    throw new Error(`${path}: ${JSON.stringify(end)}`);
  }
}
