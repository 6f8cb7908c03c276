/** Put Page, for a disk that is uploaded. https://learn.microsoft.com/rest/api/storageservices/put-page */
import type { IncomingMessage } from "node:http";
import type { DiskBytes } from "../bytes/disk-bytes.ts";
import type { Range } from "../bytes/ranges.ts";
import type { GrantedBytes } from "./granted-bytes.ts";
import { headerOf, rangeOf } from "./request.ts";
import { StorageError } from "./storage-error.ts";

const PAGE = 512;
const LARGEST_UPDATE = 4 * 1024 ** 2;

export async function writePages(
  incoming: IncomingMessage,
  { at, disk }: GrantedBytes,
  bytes: DiskBytes,
): Promise<void> {
  if (disk === undefined) {
    const message =
      "This request is not authorized to perform this operation using this permission.";
    throw new StorageError(403, "AuthorizationPermissionMismatch", message);
  }
  const range = rangeOf(incoming, at.sizeInBytes);
  if (range === undefined) {
    throw new StorageError(400, "MissingRequiredHeader", "x-ms-range or Range is required.");
  }
  if (range.start % PAGE !== 0 || range.end % PAGE !== 0) {
    throw new StorageError(416, "InvalidPageRange", "The page range specified is invalid.");
  }
  const how = headerOf(incoming, "x-ms-page-write")?.toLowerCase();
  if (how === "clear") await bytes.clear(disk, range.start, range.end - range.start);
  else if (how === "update") await bytes.write(disk, range.start, await pagesOf(incoming, range));
  else {
    const message = "x-ms-page-write must be update or clear.";
    throw new StorageError(400, "InvalidHeaderValue", message);
  }
}

async function pagesOf(incoming: IncomingMessage, { start, end }: Range): Promise<Buffer> {
  const length = end - start;
  if (length > LARGEST_UPDATE) {
    const message = "The request body is too large and exceeds the maximum permissible limit.";
    throw new StorageError(413, "RequestBodyTooLarge", message);
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of incoming) {
    size += piece.length;
    if (size <= length) pieces.push(piece);
  }
  if (size === length) return Buffer.concat(pieces);
  const message = "The range must be as long as the request's content.";
  throw new StorageError(400, "InvalidHeaderValue", message);
}
