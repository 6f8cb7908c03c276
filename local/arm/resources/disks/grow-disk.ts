/** Gives a disk, and its bytes, another size. Requests at once grow it one after the other. */
import type { Emulator } from "../../emulator.ts";
import { invalidParameter } from "../../http/arm-error.ts";
import type { Disk } from "../../state/state.ts";
import { GIB, sizeInGB } from "./size.ts";

/** `latest` answers the disk as it is now, or throws. */
export async function growDisk(
  { state, bytes }: Pick<Emulator, "state" | "bytes">,
  latest: () => Disk,
  diskSizeGB: number,
): Promise<void> {
  if (!isLarger(latest(), diskSizeGB)) return;
  await bytes.still(async () => {
    const disk = latest();
    if (!isLarger(disk, diskSizeGB)) return;
    await bytes.resize(disk, diskSizeGB * GIB);
    state.disks.set({ ...latest(), sizeInBytes: diskSizeGB * GIB });
  });
}

/** Throws when it is smaller. An uploaded disk of a part of a GiB may be given the size that it shows. */
function isLarger(disk: Disk, diskSizeGB: number): boolean {
  if (diskSizeGB >= sizeInGB(disk)) return diskSizeGB * GIB > disk.sizeInBytes;
  throw invalidParameter("properties.diskSizeGB", "a disk cannot shrink.");
}
