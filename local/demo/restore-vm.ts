/** Last act: the VM has lost its data, and another one is made of the restore point, with what the disk had then. */
import { setTimeout as delay } from "node:timers/promises";
import type { DiskContent } from "../stack/disk-content.ts";
import { vmKeyOf } from "../stack/vm-address.ts";
import type { DemoStack } from "./demo-stack.ts";
import { seconds } from "./legs.ts";
import { loseData } from "./lose-data.ts";
import type { RestorePoint } from "./read-api.ts";
import { type DemoRestore, readRestore, requestRestore } from "./restores-api.ts";
import type { Teller } from "./teller.ts";

const LOOK_MS = 200;
const MIB = 1024 ** 2;
/** All that the demo has written to the disk, and a little more. */
const COMPARED = 34 * MIB;

export async function restoreVm(
  stack: DemoStack,
  content: DiskContent,
  vm: string,
  point: RestorePoint,
  { say }: Teller,
): Promise<void> {
  const disk = point.disks.find(({ lun }) => lun === undefined)?.name;
  if (disk === undefined) throw new Error(`${point.name} has no OS disk.`);
  const before = await loseData(content, disk, COMPARED, say);
  say(
    `\nAn operator restores ${vm} as it was: POST /vms/{vm}/restore-points/${point.name}/restores`,
  );
  const askedAt = Date.now();
  // Without the source's tags: it would be protected from the beginning.
  const asked = { kind: "vm", tags: {} };
  const restored = await follow(
    stack,
    await requestRestore(stack.api, vmKeyOf(vm), point.name, asked),
    say,
  );
  if (restored.status !== "Succeeded") {
    throw new Error(
      `The restore is ${restored.status}: ${restored.error?.message ?? "no reason is known"}`,
    );
  }
  const made = restored.resources.find(({ source }) => source === disk);
  const after = await content.read(made?.resourceId ?? "", 0, COMPARED);
  if (!after.equals(before)) throw new Error("The restored disk is not what the disk was.");
  const name = nameOf(restored.resources.find(({ role }) => role === "virtualMachine"));
  say(
    `  ${name} is there after ${seconds(Date.now() - askedAt)}. Its OS disk has what ${disk} had: ${COMPARED / MIB} MiB compared, byte for byte.`,
  );
}

/** Tells each resource as it is made. */
async function follow(
  { api }: DemoStack,
  begun: DemoRestore,
  say: (text: string) => void,
): Promise<DemoRestore> {
  const told = new Set<string>();
  let restore = begun;
  for (;;) {
    for (const resource of restore.resources) {
      const { role, resourceId, status } = resource;
      if (status !== "Created" || told.has(resourceId)) continue;
      told.add(resourceId);
      say(`  made ${WORDS[role] ?? role} ${nameOf(resource)}`);
    }
    if (restore.status !== "Running" && restore.status !== "NotStarted") return restore;
    await delay(LOOK_MS);
    restore = await readRestore(api, restore.id);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  disk: "the disk",
  networkInterface: "the network interface",
  virtualMachine: "the VM",
};

const nameOf = (resource: DemoRestore["resources"][number] | undefined): string =>
  resource?.resourceId.split("/").at(-1) ?? "";
