import { notFound } from "../lib/api/api-error.ts";
import { listPage } from "../lib/api/page.ts";
import { partnerEtag, partnerResource } from "../lib/api/partner-resource.ts";
import { notDeleted, PARTNER_PARTITION, partnerIdSchema } from "../lib/partners/partner.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** A page can have fewer partners than `top` asks for: the rows of deleted ones are left out. */
export const listPartners =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ url }) => {
    const page = await listPage(tables.partners, PARTNER_PARTITION, new URL(url), notDeleted);
    const value = page.value.flatMap((partner) => (partner ? partnerResource(partner) : []));
    return { jsonBody: { ...page, value } };
  };

/** As it is, and not as it was up to a second ago: its ETag is there to write by. */
export const getPartner =
  ({ partners }: Pick<Services, "partners">): CheckedHandler =>
  async ({ params }) => {
    const id = partnerIdSchema.safeParse(params["id"]).data;
    const partner = id === undefined ? undefined : await partners.findFresh(id);
    if (partner === undefined) throw notFound();
    return { headers: { ETag: partnerEtag(partner) }, jsonBody: partnerResource(partner) };
  };
