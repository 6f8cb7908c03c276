import { complianceOf } from "../lib/answers/report-compliance.ts";
import { maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** Page by page over the VMs that are known; `?breached=true` leaves out those that have what they were promised. */
export const reportCompliance =
  ({ tables, policies, now }: Pick<Services, "tables" | "policies" | "now">): CheckedHandler =>
  async ({ url }, caller) => {
    const at = now();
    const { active } = await policies.inForce(at);
    const address = new URL(url);
    const subscriptionId = address.searchParams.get("subscriptionId")?.toLowerCase();
    const page = await listPage(tables.protections, subscriptionId ?? {}, address, (protection) =>
      complianceOf(protection, active, at),
    );
    const onlyBreached = address.searchParams.get("breached") === "true";
    const value = page.value
      .filter(({ id }) => maySee(caller, id))
      .filter(({ compliant }) => !(onlyBreached && compliant));
    return { jsonBody: { ...page, value } };
  };
