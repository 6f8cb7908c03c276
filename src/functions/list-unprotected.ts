import { invalidParameter } from "../lib/api/api-error.ts";
import { maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import { lastFinished, passKey } from "../lib/reconcile/pass.ts";
import { seenIn, vmOfName } from "../lib/reconcile/seen.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/**
 * The VMs of a subscription that have no tag and that no policy selects, as the last reconciliation saw them. A page of
 * this list can hold more VMs than `top` asks for, since they are stored many at once.
 */
export const listUnprotected =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ url }, caller) => {
    const address = new URL(url);
    const subscriptionId = address.searchParams.get("subscriptionId")?.toLowerCase();
    if (!subscriptionId) throw invalidParameter("subscriptionId", "is required");
    const record = (await tables.passes.get(passKey(subscriptionId)))?.record;
    const pass = record && lastFinished(record);
    if (pass === undefined) return { jsonBody: { value: [] } };
    const range = seenIn({ subscriptionId, pass }, "unprotected");
    const page = await listPage(tables.seen, range, address, ({ names }) => names);
    const value = page.value
      .flat()
      .map((name) => vmOfName(subscriptionId, name))
      .filter((vm) => maySee(caller, vm))
      .map((id) => ({ id, reason: "It has no tag, and no policy selects it." }));
    return { jsonBody: { ...page, value, seenAt: pass } };
  };
