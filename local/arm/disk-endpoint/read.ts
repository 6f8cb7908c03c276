/** GET of a blob: the bytes, piece by piece. */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { DiskBytes } from "../bytes/disk-bytes.ts";
import type { GrantedBytes } from "./granted-bytes.ts";
import { propertiesOf } from "./properties.ts";
import { rangeOf } from "./request.ts";

const PIECE = 4 * 1024 ** 2;

export interface Reading {
  readonly bytes: DiskBytes;
  /** Throws when the access has ended meanwhile. */
  readonly stillGranted: () => void;
}

export async function read(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { at, ...granted }: GrantedBytes,
  { bytes, stillGranted }: Reading,
): Promise<void> {
  const asked = rangeOf(incoming, at.sizeInBytes);
  const { start, end } = asked ?? { start: 0, end: at.sizeInBytes };
  outgoing.writeHead(asked ? 206 : 200, {
    ...propertiesOf({ at, ...granted }),
    "content-length": `${end - start}`,
    ...(asked ? { "content-range": `bytes ${start}-${end - 1}/${at.sizeInBytes}` } : {}),
  });
  for (let offset = start; offset < end; offset += PIECE) {
    stillGranted();
    const piece = await bytes.read(at, offset, Math.min(PIECE, end - offset));
    stillGranted();
    if (outgoing.destroyed) return;
    if (!outgoing.write(piece)) await Promise.race([once(outgoing, "drain"), closed(outgoing)]);
  }
  outgoing.end();
}

const closed = async (outgoing: ServerResponse): Promise<unknown> => await once(outgoing, "close");
