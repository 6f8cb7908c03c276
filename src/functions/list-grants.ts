import { invalidParameter } from "../lib/api/api-error.ts";
import { type Caller, maySee } from "../lib/api/caller.ts";
import { grantResource } from "../lib/api/grant-resource.ts";
import { listPage } from "../lib/api/page.ts";
import { type Grant, grantStateSchema } from "../lib/grants/grant.ts";
import { holderIdSchema } from "../lib/grants/grant-id.ts";
import { partition } from "../lib/state/entity-table.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** Oldest first. A partner has its own; for others those of one `holder`, or all. A page may hold fewer than asked for. */
export const listGrants =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ url, query }, caller) => {
    const range = rangeFor(caller, query.get("holder"));
    const isWanted = filterIn(query);
    const page = await listPage(tables.grants, range, new URL(url), (grant) => grant);
    const value = page.value
      .filter((grant) => maySee(caller, grant.vm) && isWanted(grant))
      .map(grantResource);
    return { jsonBody: { ...page, value } };
  };

function rangeFor({ id, partner }: Caller, holder: string | null) {
  if (partner !== undefined) return partition(id);
  if (holder === null) return {};
  const parsed = holderIdSchema.safeParse(holder);
  if (!parsed.success) throw invalidParameter("holder", "expected the id of a person or of an app");
  return partition(parsed.data);
}

function filterIn(query: URLSearchParams): (grant: Grant) => boolean {
  const [state, vm, group] = [query.get("state"), query.get("vm"), query.get("group")];
  if (state !== null && !grantStateSchema.safeParse(state).success) {
    throw invalidParameter("state", `expected ${grantStateSchema.options.join(", ")}`);
  }
  return (grant) =>
    (state === null || grant.state === state) &&
    (vm === null || grant.vm === vm.toLowerCase()) &&
    (group === null || grant.group === group);
}
