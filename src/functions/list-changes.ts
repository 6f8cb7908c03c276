import { ApiError, invalidParameter } from "../lib/api/api-error.ts";
import { pageSize } from "../lib/api/page.ts";
import type { DiskReader } from "../lib/grants/changed-ranges.ts";
import type { ReadAccessDeps } from "../lib/grants/read-access.ts";
import type { CheckedHandler } from "./checked.ts";
import { visibleGrant } from "./grants.ts";
import { demandSas } from "./read-access.ts";

export interface ChangesDeps extends ReadAccessDeps {
  readonly disks: DiskReader;
}

/** The byte ranges that differ between two granted restore points of one disk, for incremental backup. */
export const listChanges =
  (services: ChangesDeps): CheckedHandler =>
  async ({ params, url, query }, caller, log, invocation) => {
    const { tables, disks } = services;
    const since = query.get("since");
    if (since === null) throw invalidParameter("since", "expected the id of a grant");
    const page = { size: pageSize(new URL(url)), ...continuationIn(query) };
    const grant = await visibleGrant(tables, caller, params["id"]);
    const before = await visibleGrant(tables, caller, since);
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
    if (changes.continuation === undefined) return { jsonBody: { value } };
    const next = new URL(url);
    next.searchParams.set("continuation", Buffer.from(changes.continuation).toString("base64url"));
    return { jsonBody: { value, nextLink: next.href } };
  };

const LONGEST_CONTINUATION = 4000;

function continuationIn(query: URLSearchParams): { continuation?: string } {
  const text = query.get("continuation");
  if (text === null) return {};
  const isOurs = /^[\w-]+$/.test(text) && text.length <= LONGEST_CONTINUATION;
  if (!isOurs) throw invalidParameter("continuation", "expected the one of a `nextLink`");
  return { continuation: Buffer.from(text, "base64url").toString() };
}
