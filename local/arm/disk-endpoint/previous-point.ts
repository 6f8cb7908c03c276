/**
 * The earlier restore point that one is compared with: named by a SAS, which must be active itself.
 * https://learn.microsoft.com/azure/virtual-machines/disks-incremental-snapshots
 */
import type { IncomingMessage } from "node:http";
import type { GrantedBytes } from "./granted-bytes.ts";
import { type Authorising, authorise, headerOf } from "./request.ts";
import { invalidHeader, StorageError } from "./storage-error.ts";

const HEADER = "x-ms-previous-snapshot-url";
/** A disk that was grown past it cannot be compared with what it was. */
const BOUNDARY = 4 * 1024 ** 4;

/** Undefined when none is named. Throws unless it is an earlier restore point of the same disk. */
export function previousOf(
  incoming: IncomingMessage,
  granted: GrantedBytes,
  parts: Authorising,
): GrantedBytes | undefined {
  const url = headerOf(incoming, HEADER);
  if (url === undefined) return undefined;
  if (!URL.canParse(url)) throw invalidHeader(HEADER);
  const previous = authorise(parts, new URL(url));
  const { point, at } = granted;
  if (point === undefined) throw notComparable("Only disk restore points can be compared.");
  if (previous.point?.familyId !== point.familyId) {
    throw new StorageError(
      409,
      "PreviousSnapshotNotFound",
      "The previous snapshot is not found: it is not of the same incremental snapshot family.",
    );
  }
  if (isNewer(previous, granted)) {
    throw new StorageError(
      400,
      "PreviousSnapshotCannotBeNewer",
      "The previous snapshot cannot be newer than the one that is compared with it.",
    );
  }
  if (previous.at.sizeInBytes <= BOUNDARY && at.sizeInBytes > BOUNDARY) {
    throw notComparable("The disk was grown past 4 TiB after the previous snapshot.");
  }
  return previous;
}

/** Points of a disk that was never written to are all of one epoch. */
function isNewer(one: GrantedBytes, other: GrantedBytes): boolean {
  const epochs = (one.point?.epoch ?? 0) - (other.point?.epoch ?? 0);
  return (epochs || Date.parse(one.modifiedAt) - Date.parse(other.modifiedAt)) > 0;
}

const notComparable = (message: string): StorageError =>
  new StorageError(409, "PreviousSnapshotOperationNotSupported", message);
