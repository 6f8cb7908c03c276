/**
 * Get Page Ranges: what was ever written, or with `x-ms-previous-snapshot-url` what changed since an earlier restore
 * point of the same disk, which is what incremental backups read.
 * https://learn.microsoft.com/rest/api/storageservices/get-page-ranges
 */
import type { IncomingMessage } from "node:http";
import type { DiskBytes } from "../bytes/disk-bytes.ts";
import { difference, intersection, type Range } from "../bytes/ranges.ts";
import type { GrantedBytes } from "./granted-bytes.ts";
import { pageListXml } from "./page-list.ts";
import { previousOf } from "./previous-point.ts";
import { type Authorising, rangeOf } from "./request.ts";
import { invalidQuery } from "./storage-error.ts";

interface Listed {
  readonly written: readonly Range[];
  /** Of a difference: what is there no more. */
  readonly cleared: readonly Range[];
}

/** XML. */
export async function pageRanges(
  incoming: IncomingMessage,
  url: URL,
  granted: GrantedBytes,
  parts: Authorising & { readonly bytes: DiskBytes },
): Promise<string> {
  // A managed disk is compared by x-ms-previous-snapshot-url.
  if (url.searchParams.has("prevsnapshot")) throw invalidQuery("prevsnapshot");
  const { sizeInBytes } = granted.at;
  const window = rangeOf(incoming, sizeInBytes) ?? { start: 0, end: sizeInBytes };
  const previous = previousOf(incoming, granted, parts);
  const listed =
    previous === undefined
      ? { written: await parts.bytes.ranges(granted.at), cleared: [] }
      : await changes(granted, previous, parts.bytes);
  return pageListXml(url, {
    written: intersection(listed.written, [window]),
    cleared: intersection(listed.cleared, [window]),
  });
}

async function changes(
  granted: GrantedBytes,
  before: GrantedBytes,
  bytes: DiskBytes,
): Promise<Listed> {
  const changed = granted.point?.changedSince(before.point?.epoch ?? 0) ?? [];
  const [now, then] = await Promise.all([bytes.ranges(granted.at), bytes.ranges(before.at)]);
  const written = intersection(changed, now);
  return { written, cleared: intersection(difference(changed, now), then) };
}
