/** A request to the disk endpoint, and who may make it. */
import type { IncomingMessage } from "node:http";
import type { Range } from "../bytes/ranges.ts";
import type { Clock } from "../clock.ts";
import type { GrantedBytes } from "./granted-bytes.ts";
import type { AccessKey } from "./sas.ts";
import { authenticationFailed, StorageError } from "./storage-error.ts";

export interface Authorising {
  readonly clock: Clock;
  readonly key: AccessKey;
  readonly find: (token: string) => GrantedBytes | undefined;
  readonly ignoreSasExpiry: () => boolean;
}

export const urlOf = ({ url, headers }: IncomingMessage): URL =>
  new URL(url ?? "/", `https://${headers.host}`);

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
  const header = headerOf(incoming, "x-ms-range") ?? headerOf(incoming, "range");
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined) return undefined;
  const start = Number(first);
  const end = last ? Math.min(Number(last) + 1, sizeInBytes) : sizeInBytes;
  if (start < sizeInBytes && start < end) return { start, end };
  throw new StorageError(
    416,
    "InvalidRange",
    "The range specified is invalid for the current size of the resource.",
  );
}
