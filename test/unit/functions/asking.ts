/** Asks a route by its handler, as somebody calls it. */
import type { Handler } from "../../../src/functions/call.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import type { Route } from "../../../src/lib/api/route.ts";
import { handled } from "../../fakes/handled.ts";
import { request, silent } from "../../fakes/invocation.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";

const reader: Caller = { id: "a-person", kind: "person", roles: ["Reader"] };

export interface Asking {
  readonly query?: string;
  readonly params?: Record<string, string>;
  readonly caller?: Caller;
}

/** The body of the answer. */
export const asking =
  <R extends Route>(route: R, handler: Handler<R>) =>
  async ({ query = "", params = {}, caller = reader }: Asking = {}) => {
    const asked = request(`asked${query}`, { params });
    return (await handled(route, handler)(asked, caller, new RecordingLog(), silent)).jsonBody;
  };

/** All pages of a list. */
export async function everyPage<T>(
  ask: (asked: Asking) => Promise<{ value: T[]; nextLink?: string }>,
  asked: Asking = {},
): Promise<T[][]> {
  const pages: T[][] = [];
  let query: string | undefined = asked.query ?? "";
  while (query !== undefined) {
    const page: { value: T[]; nextLink?: string } = await ask({ ...asked, query });
    pages.push(page.value);
    query = page.nextLink && new URL(page.nextLink).search;
  }
  return pages;
}
