import type { Arm } from "./scene.ts";

/** Disk blobs of every test of this file, and their snapshots. */
export async function countBlobs({ disks }: Arm): Promise<number> {
  let count = 0;
  const blobs = disks.getContainerClient("disks").listBlobsFlat({ includeSnapshots: true });
  for await (const _ of blobs) count += 1;
  return count;
}
