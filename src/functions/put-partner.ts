import { allows, preconditionFailed, preconditionsOf } from "../lib/api/preconditions.ts";
import type { putPartnerRoute } from "../lib/api/routes/partners.ts";
import {
  invalidPartner,
  partnerEtag,
  partnerIn,
  partnerResource,
} from "../lib/api/shapes/partner.ts";
import { type AuditPartnerDeps, auditPartner } from "../lib/partners/audit-partner.ts";
import type { ChangePartnerDeps } from "../lib/partners/change-partner.ts";
import { putPartner as put } from "../lib/partners/put-partner.ts";
import { readWrittenPartner } from "../lib/partners/written-partner.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const putPartner =
  (
    services: ChangePartnerDeps & AuditPartnerDeps & Pick<Services, "now">,
  ): Handler<typeof putPartnerRoute> =>
  async ({ params, body, headers, caller, log, invocation }) => {
    const written = readWrittenPartner(params.id, partnerIn(body));
    if (written.kind === "invalid") throw invalidPartner(written.problems);
    const { id, document } = written;
    const preconditions = preconditionsOf(headers);
    const outcome = await put(
      services,
      {
        ...{ id, document, by: caller.id },
        mayWrite: (current) => allows(preconditions, current && partnerEtag(current)),
      },
      services.now(),
    );
    if (outcome.kind === "preconditionFailed") throw preconditionFailed();
    const { kind, record } = outcome;
    await auditPartner(services, record, caller, invocation.id);
    if (kind !== "unchanged") {
      const { state, generation } = record;
      log.info("partnerWritten", { partner: id, state, generation, by: caller.id });
    }
    return {
      status: kind === "created" ? 201 : 200,
      headers: { ETag: partnerEtag(record) },
      body: partnerResource(record),
    };
  };
