import { ApiError, invalidParameter } from "../lib/api/api-error.ts";
import type { listChangesRoute } from "../lib/api/routes/grants.ts";
import type { PageAsked } from "../lib/api/shapes/page.ts";
import type { DiskReader } from "../lib/grants/changed-ranges.ts";
import type { ReadAccessDeps } from "../lib/grants/read-access.ts";
import type { Handler } from "./call.ts";
import { visibleGrant } from "./grants.ts";
import { demandSas } from "./read-access.ts";

export interface ChangesDeps extends ReadAccessDeps {
  readonly disks: DiskReader;
}

/** The byte ranges that differ between two granted restore points of one disk, for incremental backup. */
export const listChanges =
  (services: ChangesDeps): Handler<typeof listChangesRoute> =>
  async ({ params: { id }, url, query, caller, log, invocation }) => {
    const { tables, disks } = services;
    const page = { size: query.top, ...continuationIn(query) };
    const grant = await visibleGrant(tables, caller, id);
    const before = await visibleGrant(tables, caller, query.since);
    if (grant.family !== before.family || grant.id === before.id) {
      throw invalidParameter("since", "expected a grant on another restore point of the same disk");
    }
    const reader = {
      ...{ id: caller.id, kind: caller.kind },
      partner: caller.partner !== undefined,
    };
    const demand = (of: typeof grant) =>
      demandSas(services, of, reader, "changesRead", log, invocation);
    const [now, then] = [await demand(grant), await demand(before)];
    const changes = await disks.changedRanges(now.sas, then.sas, page).catch(() => {
      const message = "The disk does not answer at the moment.";
      throw new ApiError(503, { code: "AzureNotAvailable", message }, { "Retry-After": "5" });
    });
    if (changes.kind === "refused") {
      const message = `The disk's endpoint answered ${changes.status}, ${changes.code}.`;
      throw new ApiError(409, { code: "ChangesNotAvailable", message });
    }
    const value = changes.ranges.map(({ start, count, kind }) => ({
      ...{ offset: start, length: count, kind },
    }));
    if (changes.continuation === undefined) return { status: 200, body: { value } };
    const next = new URL(url);
    next.searchParams.set("continuation", Buffer.from(changes.continuation).toString("base64url"));
    return { status: 200, body: { value, nextLink: next.href } };
  };

function continuationIn({ continuation }: PageAsked): { continuation?: string } {
  if (continuation === undefined) return {};
  if (/^[\w-]+$/.test(continuation)) {
    return { continuation: Buffer.from(continuation, "base64url").toString() };
  }
  throw invalidParameter("continuation", "expected the one of a `nextLink`");
}
