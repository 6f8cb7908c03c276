import * as z from "zod";
import { grantStateSchema } from "../../grants/grant.ts";
import { grantIdSchema, holderIdSchema } from "../../grants/grant-id.ts";
import { grantRequestSchema } from "../../grants/grant-request.ts";
import { operationIdSchema } from "../../operations/operation-id.ts";
import { route } from "../route.ts";
import { accessSchema, changeSchema, grantResourceSchema } from "../shapes/grant.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { grantParams, regionText, vmText } from "../shapes/parameters.ts";
import { isForward, notForward, timeQuery } from "../shapes/time-range.ts";

const tag = "Grants";
const unavailable = "Azure does not answer at the moment; nothing was read.";

export const postGrantRoute = route({
  name: "PostGrant",
  method: "POST",
  path: "grants",
  tag,
  action: "grant",
  summary: "Asks for access to one disk of a restore point, or to each of them.",
  description: "The operation tells when the SAS can be read. The grant ends by itself.",
  body: grantRequestSchema.meta({ id: "GrantRequest" }),
  repeatable: true,
  answers: {
    202: {
      description: "Granted; Azure is asked for the access.",
      body: z.union([
        grantResourceSchema,
        z.object({
          group: operationIdSchema.optional().meta({ description: "Those of one request." }),
          value: z.array(grantResourceSchema),
        }),
      ]),
      headers: ["Operation-Location", "Retry-After"],
    },
  },
  errors: {
    404: "There is no such restore point, or you may not see it.",
    409: "A disk is held by somebody else, or too many are open.",
  },
});

export const listGrantsRoute = route({
  name: "ListGrants",
  method: "GET",
  path: "grants",
  tag,
  action: "readGrants",
  summary: "Grants by holder, and of each the oldest first; a partner has its own.",
  query: z
    .strictObject({
      ...pageQuery,
      holder: holderIdSchema.optional().meta({ description: "Whose; a partner has its own." }),
      state: grantStateSchema.optional().meta({ description: "Only those in this state." }),
      vm: vmText.optional(),
      region: regionText.optional().meta({ description: "Of a copy." }),
      group: operationIdSchema.optional().meta({ description: "Those of one request." }),
      ...timeQuery("requestedAt"),
    })
    .refine(isForward, notForward),
  answers: { 200: { description: "A page of them.", body: pageOf(grantResourceSchema) } },
});

export const getGrantRoute = route({
  name: "GetGrant",
  method: "GET",
  path: "grants/{id}",
  tag,
  action: "readGrants",
  summary: "One grant.",
  params: grantParams,
  answers: { 200: { description: "The grant.", body: grantResourceSchema } },
});

export const deleteGrantRoute = route({
  name: "DeleteGrant",
  method: "DELETE",
  path: "grants/{id}",
  tag,
  action: "grant",
  summary: "Ends a grant before its time.",
  params: grantParams,
  answers: {
    202: { description: "It is ending.", headers: ["Operation-Location", "Retry-After"] },
    204: { description: "It is over already." },
  },
});

export const postAccessRoute = route({
  name: "PostAccess",
  method: "POST",
  path: "grants/{id}/access",
  tag,
  action: "grant",
  summary: "The SAS, to the holder only, and only while the grant is active.",
  description: "Each reading is on record.",
  params: grantParams,
  answers: { 200: { description: "The SAS, which is a secret.", body: accessSchema } },
  errors: { 409: "The access is not ready yet, or over.", 503: unavailable },
});

export const listChangesRoute = route({
  name: "ListChanges",
  method: "GET",
  path: "grants/{id}/changes",
  tag,
  action: "grant",
  summary: "The byte ranges that differ from another granted restore point of the disk.",
  params: grantParams,
  query: z.strictObject({
    ...pageQuery,
    since: grantIdSchema.meta({ description: "Grant on the earlier restore point." }),
  }),
  answers: { 200: { description: "A page of ranges.", body: pageOf(changeSchema) } },
  errors: {
    409: "The access is not ready, or over, or the disk cannot tell its changes.",
    503: unavailable,
  },
});
