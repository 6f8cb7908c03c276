import type { BytesAt, DiskIdentity } from "../bytes/disk-bytes.ts";
import type { Range } from "../bytes/ranges.ts";
import type { Access } from "./access.ts";

/** What a live access opens. */
export interface GrantedBytes {
  readonly access: Access;
  readonly at: BytesAt;
  /** Only with write access. */
  readonly disk?: DiskIdentity;
  readonly etag: string;
  readonly modifiedAt: string;
  /** Of a disk restore point. */
  readonly point?: GrantedPoint;
}

/** Its place among the restore points of the same disk. */
interface GrantedPoint {
  readonly familyId: string;
  readonly epoch: number;
  /** What changed since an earlier one of the family. */
  readonly changedSince: (epoch: number) => readonly Range[];
}
