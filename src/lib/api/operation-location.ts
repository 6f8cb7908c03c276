/** Where to ask how far a request is. https://github.com/microsoft/api-guidelines/blob/vNext/azure/ConsiderationsForServiceDesign.md */
import type { OperationId } from "../operations/operation-id.ts";

/** A URL of this API, in the version that was asked for. */
export function urlOf({ url, path }: { url: URL; path: string }, of: readonly string[]): string {
  // The prefix of all routes is the host's to set: it is what the path has before the route's own segments.
  const prefix = url.pathname.replace(/\/+$/, "").split("/").slice(0, -path.split("/").length);
  const found = new URL([...prefix, ...of.map(encodeURIComponent)].join("/"), url.origin);
  found.searchParams.set("api-version", url.searchParams.get("api-version") ?? "");
  return found.href;
}

/** The headers of 202: where to look, and after how many seconds. */
export const operationHeaders = (
  call: { readonly url: URL; readonly path: string },
  operation: OperationId,
) => ({
  "Operation-Location": urlOf(call, ["operations", operation]),
  "Retry-After": "2",
});
