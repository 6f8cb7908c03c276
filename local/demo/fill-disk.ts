/** Something to download: a VM of this stack runs nothing that would write to its disk, so that is done for it. */

import { recognisableBytes } from "../stack/disk-bytes.ts";
import type { DiskContent } from "../stack/disk-content.ts";
import { fleet } from "../stack/fleet.ts";
import { diskIdOf } from "../stack/vm-address.ts";

const MIB = 1024 ** 2;
const SIZE_MIB = 32;
const PAGES = (SIZE_MIB * MIB) / 512;

/** Behind what the disk had from the beginning. */
export async function fillDisk(
  content: DiskContent,
  vm: string,
  say: (text: string) => void,
): Promise<void> {
  const { osDisk } = fleet.find(({ name }) => name === vm) ?? {};
  if (osDisk === undefined) throw new Error(`${vm} is not of the fleet.`);
  await content.write(diskIdOf(osDisk.name), MIB, recognisableBytes(osDisk.name, PAGES));
  say(`${vm} has written ${SIZE_MIB} MiB to its OS disk ${osDisk.name}.`);
}
