/** Everybody who may call, as the documentation names them. */
import type { Principal, Role } from "../../src/lib/api/principal.ts";
import { type Partner, partnerVerbSchema } from "../../src/lib/partners/partner.ts";
import type { CallerName } from "../../tools/docs/access.ts";
import { PARTNER_ID, partner } from "../fixtures/partners.ts";
import { SUBSCRIPTION } from "../fixtures/records.ts";
import type { Asking } from "./served.ts";

const app: Principal = { id: "an-object", kind: "app", roles: [], clientId: PARTNER_ID };
const operator = (role: Role): Asking => ({
  principal: { id: "alice", kind: "person", roles: [role] },
});
const all = partnerVerbSchema.options;
const partnerWith = (more: Partial<Partner>): Asking => ({
  principal: app,
  record: partner({ verbs: [...all], ...more }),
});

/** `verb`: the one that matters to the route. */
export function askingAs(caller: CallerName, verb?: string): Asking {
  switch (caller) {
    case "partner":
      return partnerWith({});
    case "without":
      return partnerWith({ verbs: all.filter((each) => each !== verb) });
    case "elsewhere":
      return partnerWith({
        scope: [{ subscriptionId: SUBSCRIPTION, resourceGroup: "shop", vm: "web-02" }],
      });
    case "disabled":
      return partnerWith({ state: "disabled" });
    case "nobody":
      return { principal: undefined };
    default:
      return operator(caller);
  }
}
