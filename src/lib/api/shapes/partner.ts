/** A partner in the HTTP API. */
import * as z from "zod";
import { type Partner, partnerSchema } from "../../partners/partner.ts";
import { writtenPartnerSchema } from "../../partners/written-partner.ts";
import type { Problem } from "../../problem.ts";
import { type ApiError, invalidBody } from "../api-error.ts";

/** What an answer adds. A body may have them too, so that an answer can be changed and sent back; they are ignored. */
const READ_ONLY = ["etag", "createdAt", "updatedAt", "disabledAt", "disabledBy"];

/** What is written; the id can be left out, and what an answer adds is ignored. */
export const partnerBodySchema = writtenPartnerSchema
  .extend({
    id: z.guid().optional(),
    ...Object.fromEntries(READ_ONLY.map((name) => [name, z.unknown().optional()])),
  })
  .meta({ id: "PartnerDocument" });

export const partnerAnswerSchema = partnerSchema
  .omit({ generation: true, deletedAt: true })
  .extend({ etag: z.string() })
  .meta({ id: "Partner" });
type PartnerResource = z.input<typeof partnerAnswerSchema>;

export const partnerEtag = ({ generation }: Partner): string => `"${generation}"`;

export function partnerResource(partner: Partner): PartnerResource {
  const { generation: _, deletedAt: __, ...shown } = partner;
  return { ...shown, etag: partnerEtag(partner) };
}

/** The partner in a request's body. What is no object is left to be refused. */
export function partnerIn(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !READ_ONLY.includes(name)));
}

export const invalidPartner = (problems: readonly Problem[]): ApiError =>
  invalidBody("partner", "InvalidPartner", problems);
