import { allows, preconditionFailed, preconditionsOf } from "../lib/api/preconditions.ts";
import type { deletePartnerRoute } from "../lib/api/routes/partners.ts";
import { partnerEtag } from "../lib/api/shapes/partner.ts";
import { type AuditPartnerDeps, auditPartner } from "../lib/partners/audit-partner.ts";
import type { ChangePartnerDeps } from "../lib/partners/change-partner.ts";
import { deletePartner as remove } from "../lib/partners/delete-partner.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

/** Also a second time, or of what never was: what is asked for is then so. */
export const deletePartner =
  (
    services: ChangePartnerDeps & AuditPartnerDeps & Pick<Services, "now">,
  ): Handler<typeof deletePartnerRoute> =>
  async ({ params: { id }, headers, caller, log, invocation }) => {
    const preconditions = preconditionsOf(headers);
    const outcome = await remove(
      services,
      {
        ...{ id, by: caller.id },
        mayWrite: (current) => allows(preconditions, current && partnerEtag(current)),
      },
      services.now(),
    );
    if (outcome.kind === "preconditionFailed") throw preconditionFailed();
    if (outcome.record) await auditPartner(services, outcome.record, caller, invocation.id);
    if (outcome.kind === "deleted") log.info("partnerDeleted", { partner: id, by: caller.id });
    return { status: 204 };
  };
