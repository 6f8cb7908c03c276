import { notFound } from "../lib/api/api-error.ts";
import { listPage } from "../lib/api/page.ts";
import type { getPartnerRoute, listPartnersRoute } from "../lib/api/routes/partners.ts";
import { partnerEtag, partnerResource } from "../lib/api/shapes/partner.ts";
import { notDeleted, PARTNER_PARTITION } from "../lib/partners/partner.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

/** The rows of deleted ones are left out. */
export const listPartners =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listPartnersRoute> =>
  async (call) => {
    const body = await listPage(tables.partners, PARTNER_PARTITION, call, (row) => {
      const partner = notDeleted(row);
      return partner && partnerResource(partner);
    });
    return { status: 200, body };
  };

/** As it is, and not as it was up to a second ago: its ETag is there to write by. */
export const getPartner =
  ({ partners }: Pick<Services, "partners">): Handler<typeof getPartnerRoute> =>
  async ({ params: { id } }) => {
    const partner = await partners.findFresh(id);
    if (partner === undefined) throw notFound();
    return { status: 200, headers: { ETag: partnerEtag(partner) }, body: partnerResource(partner) };
  };
