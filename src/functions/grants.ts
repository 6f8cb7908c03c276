/** What the routes of one grant have in common: whose it is is known before it is looked up. */
import { notFound } from "../lib/api/api-error.ts";
import { type Caller, maySee } from "../lib/api/caller.ts";
import type { Grant } from "../lib/grants/grant.ts";
import { type GrantId, grantKey, holderOfGrant } from "../lib/grants/grant-id.ts";
import type { Tables } from "../lib/state/tables.ts";

/** Throws 404 also for a grant that the caller may not see: a partner sees its own, within its scope. */
export async function visibleGrant(
  { grants }: Pick<Tables, "grants">,
  caller: Caller,
  id: GrantId,
): Promise<Grant> {
  if (caller.partner !== undefined && holderOfGrant(id) !== caller.id) throw notFound();
  const grant = (await grants.get(grantKey(id)))?.record;
  if (grant === undefined || !maySee(caller, grant.vm)) throw notFound();
  return grant;
}
