/** What the routes of one grant have in common: whose it is is known before it is looked up. */
import { notFound } from "../lib/api/api-error.ts";
import { type Caller, maySee } from "../lib/api/caller.ts";
import type { Grant } from "../lib/grants/grant.ts";
import { grantIdSchema, grantKey, holderOfGrant } from "../lib/grants/grant-id.ts";
import type { Tables } from "../lib/state/tables.ts";

/** `{id}` of a grant. Throws 404 also for one that the caller may not see: a partner sees its own, within its scope. */
export async function visibleGrant(
  { grants }: Pick<Tables, "grants">,
  caller: Caller,
  text: string | undefined,
): Promise<Grant> {
  const id = grantIdSchema.safeParse(text).data;
  if (id === undefined) throw notFound();
  if (caller.partner !== undefined && holderOfGrant(id) !== caller.id) throw notFound();
  const grant = (await grants.get(grantKey(id)))?.record;
  if (grant === undefined || !maySee(caller, grant.vm)) throw notFound();
  return grant;
}
