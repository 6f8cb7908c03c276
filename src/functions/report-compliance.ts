import { complianceOf } from "../lib/answers/report-compliance.ts";
import { maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import type { reportComplianceRoute } from "../lib/api/routes/reports.ts";
import { visibleProtections } from "../lib/api/visible-ranges.ts";
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
    const { caller, query } = call;
    const at = now();
    const { active } = await policies.inForce(at);
    const ranges = visibleProtections(caller, query.subscriptionId);
    const body = await listPage(tables.protections, ranges, call, (protection) => {
      if (!maySee(caller, protection.vm)) return undefined;
      if (query.policy !== undefined && !protection.policies.includes(query.policy))
        return undefined;
      const compliance = complianceOf(protection, active, at);
      return query.breached && compliance.compliant ? undefined : compliance;
    });
    return { status: 200, body };
  };
