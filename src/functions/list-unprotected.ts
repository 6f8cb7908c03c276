import { maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import type { listUnprotectedRoute } from "../lib/api/routes/reports.ts";
import { lastFinished, passKey } from "../lib/reconcile/pass.ts";
import { seenIn, vmOfName } from "../lib/reconcile/seen.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

/** They are stored many at once, so a page can hold more VMs than `top` asks for. */
export const listUnprotected =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listUnprotectedRoute> =>
  async (call) => {
    const { subscriptionId } = call.query;
    const record = (await tables.passes.get(passKey(subscriptionId)))?.record;
    const pass = record && lastFinished(record);
    if (pass === undefined) return { status: 200, body: { value: [] } };
    const range = seenIn({ subscriptionId, pass }, "unprotected");
    const page = await listPage(tables.seen, range, call, ({ names }) => names);
    const value = page.value
      .flat()
      .map((name) => vmOfName(subscriptionId, name))
      .filter((vm) => maySee(call.caller, vm))
      .map((id) => ({ id, reason: "It has no tag, and no policy selects it." }));
    return { status: 200, body: { ...page, value, seenAt: pass } };
  };
