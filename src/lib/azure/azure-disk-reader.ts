/**
 * The bytes behind a SAS, through the storage service's page ranges. The SAS is all that is sent: no credential.
 * https://learn.microsoft.com/rest/api/storageservices/get-page-ranges
 */
import {
  AnonymousCredential,
  newPipeline,
  PageBlobClient,
  type PageBlobGetPageRangesDiffResponse,
  RestError,
} from "@azure/storage-blob";
import type {
  ChangedRange,
  DiskReader,
  RangePage,
  RangePageRequest,
} from "../grants/changed-ranges.ts";
import type { Sas } from "../grants/sas.ts";

/** `timeoutMs`: a request that has no answer by then is given up. */
export function azureDiskReader({ timeoutMs }: { readonly timeoutMs: number }): DiskReader {
  const pipeline = newPipeline(new AnonymousCredential(), { retryOptions: { maxTries: 1 } });
  return {
    changedRanges: async (disk, since, page) => {
      if (![disk, since].every(isHttps)) throw new Error("A disk is read over https only.");
      try {
        const blob = new PageBlobClient(pageUrlOf(disk, page), pipeline);
        const abortSignal = AbortSignal.timeout(timeoutMs);
        // Without a count: to the end of the disk.
        const options = [0, 0, since.reveal(), { abortSignal }] as const;
        return pageIn(await blob.getPageRangesDiffForManagedDisks(...options));
      } catch (error) {
        return refusalIn(error);
      }
    },
  };
}

const isHttps = (sas: Sas): boolean => URL.parse(sas.reveal())?.protocol === "https:";

/**
 * The SDK pages through differences to snapshots of one's own account, not through those of managed disks, so the
 * parameters go into the URL, which it leaves as it is.
 */
function pageUrlOf(disk: Sas, { size, continuation }: RangePageRequest): string {
  const marker = continuation === undefined ? "" : `&marker=${encodeURIComponent(continuation)}`;
  return `${disk.reveal()}&maxresults=${size}${marker}`;
}

/** The SDK reads the marker of the next page here, too, although its type does not say so. */
type Answer = PageBlobGetPageRangesDiffResponse & { readonly continuationToken?: string };

function pageIn({ pageRange = [], clearRange = [], continuationToken }: Answer): RangePage {
  const rangesOf = (ranges: typeof pageRange, kind: ChangedRange["kind"]) =>
    // The SDK's count is one short of the bytes: it takes the last byte for the one after it.
    ranges.map(({ offset, count = 0 }) => ({ start: offset, count: count + 1, kind }));
  const ranges = [...rangesOf(pageRange, "changed"), ...rangesOf(clearRange, "cleared")];
  ranges.sort((one, other) => one.start - other.start);
  // The last page may have an empty one.
  return {
    kind: "page",
    ranges,
    ...(continuationToken ? { continuation: continuationToken } : {}),
  };
}

/** Throws without an answer, and without a cause: the SDK's errors hold the request, and so the SAS. */
function refusalIn(error: unknown): RangePage {
  const response = error instanceof RestError ? error.response : undefined;
  if (response && response.status >= 300) {
    const code = wordIn(response.headers.get("x-ms-error-code")) ?? `Http${response.status}`;
    return { kind: "refused", status: response.status, code };
  }
  const isAborted = error instanceof Error && error.name === "AbortError";
  const code = error instanceof RestError ? wordIn(error.code) : undefined;
  throw new Error(`The disk could not be read: ${isAborted ? "NoAnswer" : (code ?? "Unknown")}.`);
}

/** A code is one word; whatever else came in its place may be anything. */
const wordIn = (text: string | undefined): string | undefined =>
  text !== undefined && /^\w{1,80}$/.test(text) ? text : undefined;
