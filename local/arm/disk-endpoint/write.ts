/** Put Page, for a disk that is uploaded. https://learn.microsoft.com/rest/api/storageservices/put-page */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { DiskIdentity } from "../bytes/disk-bytes.ts";
import type { Range } from "../bytes/ranges.ts";
import type { GrantedBytes } from "./granted-bytes.ts";
import type { Granting } from "./read.ts";
import { headerOf, pagesOf } from "./request.ts";
import { invalidHeader, permissionMismatch, StorageError } from "./storage-error.ts";

const LARGEST_UPDATE = 4 * 1024 ** 2;

export async function writePages(
  incoming: IncomingMessage,
  granted: GrantedBytes,
  { bytes, stillGranted }: Granting,
): Promise<void> {
  writable(granted);
  const range = pagesOf(incoming, granted.at.sizeInBytes);
  const { start, end } = range;
  const how = headerOf(incoming, "x-ms-page-write")?.toLowerCase();
  if (how === "clear") {
    demandLength(incoming, 0);
    await bytes.clear(writable(granted), start, end - start, stillGranted);
  } else if (how === "update") {
    const content = await contentOf(incoming, range);
    // The content may have taken its time.
    await bytes.write(writable(stillGranted()), start, content, stillGranted);
  } else throw invalidHeader("x-ms-page-write");
}

function writable({ disk }: GrantedBytes): DiskIdentity {
  if (disk) return disk;
  throw permissionMismatch();
}

async function contentOf(incoming: IncomingMessage, { start, end }: Range): Promise<Buffer> {
  const length = end - start;
  if (length > LARGEST_UPDATE) {
    const message = "The request body is too large and exceeds the maximum permissible limit.";
    throw new StorageError(413, "RequestBodyTooLarge", message);
  }
  // The range must be as long as the content.
  demandLength(incoming, length);
  const content = await buffer(incoming);
  demandMd5(incoming, content);
  return content;
}

function demandLength(incoming: IncomingMessage, length: number): void {
  const name = "content-length";
  const given = headerOf(incoming, name);
  if (given === undefined) {
    const message = "The Content-Length header was not specified.";
    throw new StorageError(411, "MissingContentLengthHeader", message);
  }
  if (Number(given) !== length) throw invalidHeader(name);
}

function demandMd5(incoming: IncomingMessage, content: Buffer): void {
  const given = headerOf(incoming, "content-md5");
  if (given === undefined) return;
  if (given === createHash("md5").update(content).digest("base64")) return;
  const message =
    "The MD5 value specified in the request did not match the MD5 value calculated by the server.";
  throw new StorageError(400, "Md5Mismatch", message);
}
