/** Third act: the disk is downloaded over the SAS as a backup does it, and compared with the VM's own disk. */
import { AnonymousCredential, newPipeline, PageBlobClient } from "@azure/storage-blob";
import type { DiskContent } from "../stack/disk-content.ts";
import { diskIdOf } from "../stack/vm-address.ts";
import type { Opened } from "./ask-for-disk.ts";
import { seconds } from "./legs.ts";
import { bar, type Teller } from "./teller.ts";

const MIB = 1024 ** 2;
const PIECE = 2 * MIB;

interface Piece {
  readonly offset: number;
  readonly count: number;
}

export async function downloadDisk(
  content: DiskContent,
  { sas, disk }: Opened,
  { say, tick }: Teller,
): Promise<void> {
  const blob = new PageBlobClient(sas, newPipeline(new AnonymousCredential()));
  const { contentLength = 0 } = await blob.getProperties();
  const pieces = await piecesInUse(blob);
  const total = pieces.reduce((sum, { count }) => sum + count, 0);
  say(`\nDownloading what is in use of its ${contentLength / 1024 ** 3} GiB: ${inMiB(total)}.`);
  const beganAt = Date.now();
  let done = 0;
  let differing = 0;
  for (const { offset, count } of pieces) {
    const bytes = await blob.downloadToBuffer(offset, count);
    const expected = await content.read(diskIdOf(disk), offset, count);
    if (!bytes.equals(expected)) differing += count;
    done += count;
    tick(`  ${bar(done / total)} ${inMiB(done)}`, done / total);
  }
  const took = seconds(Date.now() - beganAt);
  if (differing > 0) throw new Error(`${inMiB(differing)} are not what is on ${disk}.`);
  say(`  ${inMiB(total)} in ${took}: equal to what ${disk} has, byte for byte.`);
}

/** What was ever written: the rest of the disk is zeros, and nobody has to download it. */
async function piecesInUse(blob: PageBlobClient): Promise<Piece[]> {
  const { pageRange = [] } = await blob.getPageRanges();
  return pageRange.flatMap(({ offset, count = 0 }) => {
    // The SDK's count is one short of the bytes: it takes the last byte for the one after it.
    const length = count + 1;
    return Array.from({ length: Math.ceil(length / PIECE) }, (_, index) => ({
      offset: offset + index * PIECE,
      count: Math.min(PIECE, length - index * PIECE),
    }));
  });
}

const inMiB = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;
