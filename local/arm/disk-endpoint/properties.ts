/** Headers of a blob. */
import type { GrantedBytes } from "./granted-bytes.ts";

type Known = Pick<GrantedBytes, "at" | "etag" | "modifiedAt">;

/** As HEAD and GET have them. */
export const propertiesOf = ({ at, etag, modifiedAt }: Known): Record<string, string> => ({
  ...versionOf({ etag, modifiedAt }),
  "accept-ranges": "bytes",
  "content-length": `${at.sizeInBytes}`,
  "content-type": "application/octet-stream",
  "x-ms-blob-type": "PageBlob",
  "x-ms-blob-content-length": `${at.sizeInBytes}`,
  "x-ms-lease-state": "available",
  "x-ms-lease-status": "unlocked",
  "x-ms-server-encrypted": "true",
});

/** As a write has them. */
export const writtenProperties = (known: Known): Record<string, string> => ({
  ...versionOf(known),
  "x-ms-request-server-encrypted": "true",
});

const versionOf = ({ etag, modifiedAt }: Omit<Known, "at">): Record<string, string> => ({
  etag: `"${etag}"`,
  "last-modified": new Date(modifiedAt).toUTCString(),
  "x-ms-blob-sequence-number": "0",
});
