/** The demo in acts: a VM gets its restore point, a partner reads the disk for as long as it was granted, and the VM is restored. */
import { createDiskContent } from "../stack/disk-content.ts";
import { askForDisk } from "./ask-for-disk.ts";
import { awaitExpiry } from "./await-expiry.ts";
import { chooseVm } from "./choose-vm.ts";
import type { DemoStack } from "./demo-stack.ts";
import { downloadDisk } from "./download-disk.ts";
import { fillDisk } from "./fill-disk.ts";
import { printNotifications } from "./print-notifications.ts";
import { protectVm } from "./protect-vm.ts";
import { restoreVm } from "./restore-vm.ts";
import type { Teller } from "./teller.ts";

export async function runDemo(stack: DemoStack, teller: Teller): Promise<void> {
  const content = createDiskContent(stack.addresses);
  const vm = await chooseVm(stack, teller.say);
  await fillDisk(content, vm, teller.say);
  const point = await protectVm(stack, vm, teller.say);
  const opened = await askForDisk(stack, vm, point, teller);
  await downloadDisk(content, opened, teller);
  await awaitExpiry(stack, opened, teller);
  await restoreVm(stack, content, vm, point, teller);
  await printNotifications(stack, vm, point.name, teller);
}
