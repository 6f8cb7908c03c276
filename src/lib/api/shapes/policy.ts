/** A policy in the HTTP API: what was written, and what the app adds to it. */
import * as z from "zod";
import type { VmKey } from "../../fleet/vm-key.ts";
import { given } from "../../given.ts";
import { policySchema } from "../../policy/policy.ts";
import { type PolicyRecord, policyRecordSchema } from "../../policy/policy-record.ts";
import type { Problem } from "../../problem.ts";
import { ApiError, invalidBody } from "../api-error.ts";

/** What an answer adds. A body may have them too, so that an answer can be changed and sent back; they are ignored. */
const READ_ONLY = ["etag", "state", "outcome", "createdAt", "updatedAt"] as const;

const DOCUMENT = "PolicyDocument";

/** What is written; the name can be left out, and what an answer adds is ignored. */
export const policyBodySchema = policySchema
  .extend({
    name: policySchema.shape.name.optional(),
    ...Object.fromEntries(READ_ONLY.map((name) => [name, z.unknown().optional()])),
  })
  .meta({ id: DOCUMENT });

const { name, state, outcome, createdAt, updatedAt } = policyRecordSchema.shape;

/** The document is answered as it was written: its durations stay text. */
export const policyAnswerSchema = z
  .looseObject({ name, etag: z.string(), state, outcome, createdAt, updatedAt })
  .meta({ id: "Policy", allOf: [{ $ref: `#/components/schemas/${DOCUMENT}` }] });
export type PolicyResource = z.input<typeof policyAnswerSchema>;

export const etagOf = ({ generation }: Pick<PolicyRecord, "generation">): string =>
  `"${generation}"`;

export function policyResource(record: PolicyRecord): PolicyResource {
  const { document, ...shown } = record;
  return {
    ...document,
    ...{ name: shown.name, etag: etagOf(record), state: shown.state },
    ...given({ outcome: shown.outcome }),
    ...{ createdAt: shown.createdAt, updatedAt: shown.updatedAt },
  };
}

/** The policy in a request's body. What is no object is left to be refused by the policy's own rules. */
export function policyIn(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const written = Object.entries(body).filter(([name]) => READ_ONLY.every((each) => each !== name));
  return Object.fromEntries(written);
}

const NAMED_VMS = 5;

export const policyInUse = (name: string, vms: readonly VmKey[]): ApiError =>
  new ApiError(409, {
    code: "PolicyInUse",
    message:
      `The policy ${name} protects at least ${vms.length} VMs, such as ${vms.slice(0, NAMED_VMS).join(", ")}. ` +
      "Say what becomes of its restore points: outcome=keep, outcome=ageOut, or outcome=delete&after=P30D.",
    target: "outcome",
  });

export const invalidPolicy = (problems: readonly Problem[]): ApiError =>
  invalidBody("policy", "InvalidPolicy", problems);
