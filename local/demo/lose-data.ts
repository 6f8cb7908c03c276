/** What restore points are for: the disk is written over, as somebody would who wants a ransom for it. */
import { recognisableBytes } from "../stack/disk-bytes.ts";
import type { DiskContent } from "../stack/disk-content.ts";
import { diskIdOf } from "../stack/vm-address.ts";

const PAGE = 512;

/** Returns what was on the first `bytes` of the disk before. */
export async function loseData(
  content: DiskContent,
  disk: string,
  bytes: number,
  say: (text: string) => void,
): Promise<Buffer> {
  const id = diskIdOf(disk);
  const before = await content.read(id, 0, bytes);
  await content.write(id, 0, recognisableBytes("LOST", bytes / PAGE));
  say(`\nThe first ${bytes / 1024 ** 2} MiB of ${disk} are written over: the VM is lost.`);
  return before;
}
