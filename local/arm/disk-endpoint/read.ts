/** GET of a blob: the bytes, piece by piece. https://learn.microsoft.com/rest/api/storageservices/get-blob */
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { DiskBytes } from "../bytes/disk-bytes.ts";
import { pieces } from "../bytes/pieces.ts";
import type { Range } from "../bytes/ranges.ts";
import type { GrantedBytes } from "./granted-bytes.ts";
import { propertiesOf } from "./properties.ts";
import { headerOf, rangeOf } from "./request.ts";
import { invalidHeader } from "./storage-error.ts";

const LARGEST_WITH_MD5 = 4 * 1024 ** 2;

export interface Granting {
  readonly bytes: DiskBytes;
  /** Throws when the access has ended meanwhile. */
  readonly stillGranted: () => GrantedBytes;
}

export async function read(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  granted: GrantedBytes,
  { bytes, stillGranted }: Granting,
): Promise<void> {
  const { at } = granted;
  const asked = rangeOf(incoming, at.sizeInBytes);
  const range = asked ?? { start: 0, end: at.sizeInBytes };
  const md5 = await md5Of(incoming, granted, asked, bytes);
  stillGranted();
  outgoing.writeHead(asked ? 206 : 200, {
    ...propertiesOf(granted),
    "content-length": `${range.end - range.start}`,
    ...(asked
      ? { "content-range": `bytes ${asked.start}-${asked.end - 1}/${at.sizeInBytes}` }
      : {}),
    ...(md5 === undefined ? {} : { "content-md5": md5 }),
  });
  await pipeline(whileGranted(pieces(bytes, at, range), stillGranted), outgoing);
}

async function* whileGranted(
  all: AsyncIterable<Buffer>,
  stillGranted: () => GrantedBytes,
): AsyncGenerator<Buffer> {
  for await (const piece of all) {
    stillGranted();
    yield piece;
  }
}

/** Undefined unless it was asked for. */
async function md5Of(
  incoming: IncomingMessage,
  { at }: GrantedBytes,
  asked: Range | undefined,
  bytes: DiskBytes,
): Promise<string | undefined> {
  const name = "x-ms-range-get-content-md5";
  if (headerOf(incoming, name)?.toLowerCase() !== "true") return undefined;
  if (asked === undefined || asked.end - asked.start > LARGEST_WITH_MD5) throw invalidHeader(name);
  const content = await bytes.read(at, asked.start, asked.end - asked.start);
  return createHash("md5").update(content).digest("base64");
}
