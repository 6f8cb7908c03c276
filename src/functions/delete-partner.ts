import { notFound } from "../lib/api/api-error.ts";
import { partnerEtag } from "../lib/api/partner-resource.ts";
import { allows, preconditionFailed, preconditionsOf } from "../lib/api/preconditions.ts";
import { type AuditPartnerDeps, auditPartner } from "../lib/partners/audit-partner.ts";
import type { ChangePartnerDeps } from "../lib/partners/change-partner.ts";
import { deletePartner as remove } from "../lib/partners/delete-partner.ts";
import { partnerIdSchema } from "../lib/partners/partner.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** Also a second time, or of what never was: what is asked for is then so. */
export const deletePartner =
  (services: ChangePartnerDeps & AuditPartnerDeps & Pick<Services, "now">): CheckedHandler =>
  async ({ params, headers }, caller, log, invocation) => {
    const id = partnerIdSchema.safeParse(params["id"]).data;
    if (id === undefined) throw notFound();
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
