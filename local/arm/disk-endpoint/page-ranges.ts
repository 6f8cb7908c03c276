/**
 * Get Page Ranges: what was ever written, or with `x-ms-previous-snapshot-url` what changed since an earlier restore
 * point of the same disk, which is what incremental backups read.
 * https://learn.microsoft.com/rest/api/storageservices/get-page-ranges
 */
import type { IncomingMessage } from "node:http";
import type { DiskBytes } from "../bytes/disk-bytes.ts";
import { difference, intersection, type Range } from "../bytes/ranges.ts";
import type { GrantedBytes } from "./granted-bytes.ts";
import { type Authorising, authorise, headerOf, rangeOf } from "./request.ts";
import { StorageError } from "./storage-error.ts";

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
  if (url.searchParams.has("prevsnapshot")) {
    throw new StorageError(
      400,
      "InvalidQueryParameterValue",
      "prevsnapshot is not for managed disks: use x-ms-previous-snapshot-url.",
    );
  }
  const previous = headerOf(incoming, "x-ms-previous-snapshot-url");
  const { sizeInBytes } = granted.at;
  const window = rangeOf(incoming, sizeInBytes) ?? { start: 0, end: sizeInBytes };
  const listed =
    previous === undefined
      ? { written: await parts.bytes.ranges(granted.at), cleared: [] }
      : await changes(granted, earlier(parts, granted, previous), parts.bytes);
  return xmlOf({
    written: intersection(listed.written, [window]),
    cleared: intersection(listed.cleared, [window]),
  });
}

/** What the other URL opens. Throws unless it is an earlier restore point of the same disk. */
function earlier(parts: Authorising, { lineage }: GrantedBytes, previous: string): GrantedBytes {
  const url = parsed(previous);
  if (url === undefined) {
    const message = "The value of x-ms-previous-snapshot-url is not a URL.";
    throw new StorageError(400, "InvalidHeaderValue", message);
  }
  const before = authorise(parts, url);
  const isOfSameDisk = lineage !== undefined && before.lineage?.uniqueId === lineage.uniqueId;
  if (!isOfSameDisk) {
    throw new StorageError(
      409,
      "PreviousSnapshotCannotBeNewer",
      "The previous snapshot is not one of the same incremental snapshot family.",
    );
  }
  if ((before.lineage?.epoch ?? 0) <= lineage.epoch) return before;
  throw new StorageError(
    409,
    "PreviousSnapshotCannotBeNewer",
    "The previous snapshot is newer than the one that is compared with it.",
  );
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

async function changes(
  granted: GrantedBytes,
  before: GrantedBytes,
  bytes: DiskBytes,
): Promise<Listed> {
  const changed = granted.changedSince?.(before.lineage?.epoch ?? 0) ?? [];
  const [now, then] = await Promise.all([bytes.ranges(granted.at), bytes.ranges(before.at)]);
  const written = intersection(changed, now);
  return { written, cleared: intersection(difference(changed, now), then) };
}

function xmlOf({ written, cleared }: Listed): string {
  const one = (name: string, { start, end }: Range) =>
    `<${name}><Start>${start}</Start><End>${end - 1}</End></${name}>`;
  const all = [
    ...written.map((range) => ({ start: range.start, xml: one("PageRange", range) })),
    ...cleared.map((range) => ({ start: range.start, xml: one("ClearRange", range) })),
  ];
  all.sort((first, second) => first.start - second.start);
  const list = all.map(({ xml }) => xml).join("");
  return `<?xml version="1.0" encoding="utf-8"?><PageList>${list}</PageList>`;
}
