/** Reads bytes piece by piece: a disk is never held as a whole, and nothing is asked about what was never written. */
import type { BytesAt, DiskBytes } from "./disk-bytes.ts";
import { overlaps, type Range } from "./ranges.ts";

const PIECE = 4 * 1024 ** 2;
const ZEROS = Buffer.alloc(PIECE);

export async function* pieces(
  bytes: DiskBytes,
  at: BytesAt,
  { start, end }: Range,
): AsyncGenerator<Buffer> {
  const written = end - start > PIECE ? await bytes.ranges(at) : [{ start, end }];
  for (let offset = start; offset < end; offset += PIECE) {
    const piece = { start: offset, end: Math.min(offset + PIECE, end) };
    const length = piece.end - piece.start;
    yield overlaps(written, piece)
      ? await bytes.read(at, offset, length)
      : ZEROS.subarray(0, length);
  }
}
