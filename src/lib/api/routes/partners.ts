import * as z from "zod";
import { partnerIdSchema } from "../../partners/partner.ts";
import { route } from "../route.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { partnerAnswerSchema as body, partnerBodySchema } from "../shapes/partner.ts";

const tag = "Partners";
const params = z.object({
  id: partnerIdSchema.meta({ description: "Client id of the partner's app." }),
});

export const listPartnersRoute = route({
  name: "ListPartners",
  method: "GET",
  path: "partners",
  tag,
  action: "readFleet",
  summary: "The partners.",
  query: z.strictObject(pageQuery),
  answers: { 200: { description: "A page of them.", body: pageOf(body) } },
});

export const getPartnerRoute = route({
  name: "GetPartner",
  method: "GET",
  path: "partners/{id}",
  tag,
  action: "readFleet",
  summary: "One partner.",
  params,
  answers: { 200: { description: "The partner.", body, headers: ["ETag"] } },
});

export const putPartnerRoute = route({
  name: "PutPartner",
  method: "PUT",
  path: "partners/{id}",
  tag,
  action: "managePartners",
  summary: "Creates or replaces a partner.",
  description: "Every process goes by it within a second.",
  // An id that cannot be one is among the problems of what is written.
  params: z.object({
    id: z.string().meta({ format: "uuid", description: "Client id of the partner's app." }),
  }),
  conditional: true,
  body: partnerBodySchema,
  readsBody: true,
  answers: {
    200: { description: "Replaced, or as it was.", body, headers: ["ETag"] },
    201: { description: "Created.", body, headers: ["ETag"] },
  },
});

export const deletePartnerRoute = route({
  name: "DeletePartner",
  method: "DELETE",
  path: "partners/{id}",
  tag,
  action: "managePartners",
  summary: "Deletes a partner, and ends its grants.",
  params,
  conditional: true,
  answers: { 204: { description: "It is deleted, or never was." } },
});
