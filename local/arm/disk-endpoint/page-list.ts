/** The answer to Get Page Ranges, page by page where `maxresults` asks for it. */
import type { Range } from "../bytes/ranges.ts";
import { invalidQuery, StorageError } from "./storage-error.ts";

const MOST_RESULTS = 10_000;

export function pageListXml(
  url: URL,
  { written, cleared }: { readonly written: readonly Range[]; readonly cleared: readonly Range[] },
): string {
  const all = [
    ...written.map((range) => ({ start: range.start, xml: xmlOf("PageRange", range) })),
    ...cleared.map((range) => ({ start: range.start, xml: xmlOf("ClearRange", range) })),
  ].sort((one, other) => one.start - other.start);
  const { marker, most } = pageOf(url);
  const left = all.filter(({ start }) => start >= marker);
  const next = left[most];
  const list = left.slice(0, most).map(({ xml }) => xml);
  if (next) list.push(`<NextMarker>${next.start}</NextMarker>`);
  return `<?xml version="1.0" encoding="utf-8"?><PageList>${list.join("")}</PageList>`;
}

const xmlOf = (name: string, { start, end }: Range): string =>
  `<${name}><Start>${start}</Start><End>${end - 1}</End></${name}>`;

/** The marker, which means nothing to clients, is where the next one starts. */
function pageOf({ searchParams }: URL): { marker: number; most: number } {
  const marker = searchParams.get("marker") || "0";
  if (!/^\d+$/.test(marker)) throw invalidQuery("marker");
  const asked = searchParams.get("maxresults");
  if (asked === null) return { marker: Number(marker), most: Number.POSITIVE_INFINITY };
  if (!/^\d+$/.test(asked)) throw invalidQuery("maxresults");
  if (Number(asked) > 0) {
    return { marker: Number(marker), most: Math.min(Number(asked), MOST_RESULTS) };
  }
  throw new StorageError(
    400,
    "OutOfRangeQueryParameterValue",
    "One of the query parameters specified in the request URI is outside the permissible range: maxresults.",
  );
}
