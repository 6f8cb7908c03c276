/** The port to the bytes behind two SAS: which of them differ, so that a backup reads no more than it must. */
import type { Sas } from "./sas.ts";

/** In bytes. */
export interface ChangedRange {
  readonly start: number;
  readonly count: number;
  /** `cleared`: the bytes are zero now, and there is nothing to read. */
  readonly kind: "changed" | "cleared";
}

export interface RangePageRequest {
  /** Ranges, at most; Azure gives 10,000 and no more. */
  readonly size: number;
  /** From the page before. It means nothing to us, and opens nothing. */
  readonly continuation?: string;
}

export type RangePage =
  | {
      readonly kind: "page";
      /** From the start of the disk to its end. */
      readonly ranges: readonly ChangedRange[];
      readonly continuation?: string;
    }
  /** What the storage service answered. A SAS that is over, or was ended, is 403. */
  | { readonly kind: "refused"; readonly status: number; readonly code: string };

export interface DiskReader {
  /**
   * The ranges in which `disk` differs from `since`, an earlier restore point of the same disk; one page. Both SAS must
   * be live. Throws when there is no answer; no error holds any part of a SAS.
   */
  changedRanges(disk: Sas, since: Sas, page: RangePageRequest): Promise<RangePage>;
}
