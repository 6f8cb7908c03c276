/** Headers of a blob, as HEAD and GET have them. */
import type { GrantedBytes } from "./granted-bytes.ts";

export const propertiesOf = ({
  at,
  etag,
  modifiedAt,
}: Pick<GrantedBytes, "at" | "etag" | "modifiedAt">): Record<string, string> => ({
  "accept-ranges": "bytes",
  "content-length": `${at.sizeInBytes}`,
  "content-type": "application/octet-stream",
  etag: `"${etag}"`,
  "last-modified": new Date(modifiedAt).toUTCString(),
  "x-ms-blob-type": "PageBlob",
  "x-ms-blob-sequence-number": "0",
  "x-ms-blob-content-length": `${at.sizeInBytes}`,
  "x-ms-lease-state": "available",
  "x-ms-lease-status": "unlocked",
  "x-ms-server-encrypted": "true",
});
