/** A request to the disk endpoint, and who may make it. */
import type { IncomingMessage } from "node:http";
import { PAGE } from "../bytes/page-blobs.ts";
import type { Range } from "../bytes/ranges.ts";
import type { Clock } from "../clock.ts";
import type { GrantedBytes } from "./granted-bytes.ts";
import type { AccessKey } from "./sas.ts";
import { authenticationFailed, invalidHeader, StorageError } from "./storage-error.ts";

export interface Authorising {
  readonly clock: Clock;
  readonly key: AccessKey;
  readonly find: (token: string) => GrantedBytes | undefined;
  readonly ignoreSasExpiry: () => boolean;
}

/** A target that is not a path can be no SAS. */
export function urlOf({ url = "" }: IncomingMessage): URL {
  const href = `https://localhost${url}`;
  if (url.startsWith("/") && URL.canParse(href)) return new URL(href);
  throw authenticationFailed();
}

/** What the URL opens now. Throws what a wrong, expired or revoked one gets, which is all the same. */
export function authorise(
  { clock, key, find, ignoreSasExpiry }: Authorising,
  url: URL,
): GrantedBytes {
  const token = key.verify(url);
  const granted = token === undefined ? undefined : find(token);
  if (granted === undefined) throw authenticationFailed();
  const isOver = Date.parse(granted.access.expiresAt) <= clock.now();
  if (isOver && !ignoreSasExpiry()) throw authenticationFailed();
  return granted;
}

export const headerOf = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** `x-ms-range` or `Range`, exclusive at its end; undefined without one. Throws when it is none of the blob's. */
export function rangeOf(incoming: IncomingMessage, sizeInBytes: number): Range | undefined {
  const [, first, last] = parsedRange(incoming) ?? [];
  if (first === undefined) return undefined;
  const start = Number(first);
  const end = last ? Math.min(Number(last) + 1, sizeInBytes) : sizeInBytes;
  if (start < end) return { start, end };
  throw new StorageError(
    416,
    "InvalidRange",
    "The range specified is invalid for the current size of the resource.",
  );
}

/** The pages that a write is for. Throws unless they are whole pages of the blob. */
export function pagesOf(incoming: IncomingMessage, sizeInBytes: number): Range {
  const [, first, last] = parsedRange(incoming) ?? [];
  if (first === undefined) {
    const message =
      "An HTTP header that's mandatory for this request is not specified: x-ms-range.";
    throw new StorageError(400, "MissingRequiredHeader", message);
  }
  const [start, end] = [Number(first), last ? Number(last) + 1 : Number.NaN];
  const isWhole = start % PAGE === 0 && end % PAGE === 0;
  if (isWhole && start < end && end <= sizeInBytes) return { start, end };
  throw new StorageError(416, "InvalidPageRange", "The page range specified is invalid.");
}

/** Undefined without one. Of HTTP's own header, what is none counts as not given. */
function parsedRange(incoming: IncomingMessage): RegExpExecArray | undefined {
  const own = headerOf(incoming, "x-ms-range");
  const parsed = /^bytes=(\d+)-(\d*)$/.exec(own ?? headerOf(incoming, "range") ?? "");
  if (parsed) return parsed;
  if (own === undefined) return undefined;
  throw invalidHeader("x-ms-range");
}
