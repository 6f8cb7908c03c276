/** That a whole traffic is as Microsoft describes it; without the official files nothing is demanded. */
import { validateExchange } from "./official.ts";
import { hasOfficialFiles } from "./official-files.ts";
import type { Exchange } from "./validate-exchange.ts";

/** What the official files at hand do not describe. */
const NOT_DESCRIBED = [
  // ARM's own: resource groups, and tags of any resource.
  /^\/subscriptions\/[^/]+\/resourceGroups(\/[^/]+)?\/?\?/i,
  /\/providers\/Microsoft\.Resources\/tags\//i,
  // What Compute offers.
  /\/providers\/Microsoft\.Compute\/skus\?/i,
  // Other providers.
  /\/providers\/Microsoft\.Network\//i,
  /\/providers\/Microsoft\.Authorization\//i,
  /\/providers\/Microsoft\.EventGrid\//i,
  /\/providers\/Microsoft\.Features\//i,
  // Where Location of an operation leads: its answer is the one of the request, which the URL does not tell.
  /\/providers\/Microsoft\.Compute\/locations\/[^/]+\/(operations|diskOperations)\/[^?]+\?(.*&)?monitor=/i,
];

interface Logged extends Exchange {
  /** A fault answered, which may say anything. */
  readonly isFault?: boolean;
}

export function expectDocumented(exchanges: readonly Logged[]): void {
  if (!hasOfficialFiles) return;
  const complaints = exchanges
    .filter(({ isFault }) => isFault !== true)
    .filter(({ request }) => !NOT_DESCRIBED.some((pattern) => pattern.test(pathOf(request.url))))
    .flatMap((exchange) => {
      const { method, url } = exchange.request;
      const asked = `${method} ${pathOf(url)} → ${exchange.response.status}`;
      return validateExchange(exchange).map((complaint) => `${asked}: ${complaint}`);
    });
  if (complaints.length === 0) return;
  throw new Error(`Not as Microsoft describes it:\n${[...new Set(complaints)].join("\n")}`);
}

/** With its query. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search || "?"}`;
}
