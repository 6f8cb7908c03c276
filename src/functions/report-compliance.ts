import { complianceOf } from "../lib/answers/report-compliance.ts";
import { maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import type { reportComplianceRoute } from "../lib/api/routes/reports.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

/** Page by page over the VMs that are known. */
export const reportCompliance =
  ({
    tables,
    policies,
    now,
  }: Pick<Services, "tables" | "policies" | "now">): Handler<typeof reportComplianceRoute> =>
  async (call) => {
    const at = now();
    const { active } = await policies.inForce(at);
    const { subscriptionId, breached } = call.query;
    const page = await listPage(tables.protections, subscriptionId ?? {}, call, (protection) =>
      complianceOf(protection, active, at),
    );
    const value = page.value
      .filter(({ id }) => maySee(call.caller, id))
      .filter(({ compliant }) => !(breached && compliant));
    return { status: 200, body: { ...page, value } };
  };
