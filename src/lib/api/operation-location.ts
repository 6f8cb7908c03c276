/** Where to ask how far a request is. https://github.com/microsoft/api-guidelines/blob/vNext/azure/ConsiderationsForServiceDesign.md */
import type { OperationId } from "../operations/operation-id.ts";

export function operationLocation(
  url: string,
  operation: OperationId | string,
): { "Operation-Location": string } {
  const { origin, pathname, searchParams } = new URL(url);
  // The prefix of all routes is the host's to set.
  const prefix = pathname.slice(0, pathname.lastIndexOf("/grants"));
  const monitor = new URL(`${prefix}/operations/${encodeURIComponent(operation)}`, origin);
  monitor.searchParams.set("api-version", searchParams.get("api-version") ?? "");
  return { "Operation-Location": monitor.href };
}
