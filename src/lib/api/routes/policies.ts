import * as z from "zod";
import { previewSchema } from "../../answers/preview.ts";
import { policyNameSchema } from "../../policy/policy.ts";
import { route } from "../route.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { policyAnswerSchema, policyBodySchema } from "../shapes/policy.ts";
import { flagText } from "../shapes/text.ts";

const tag = "Policies";
const name = policyNameSchema.meta({ description: "Name of the policy." });
const params = z.object({ name });
const body = policyAnswerSchema;
const retired = flagText.default(false).meta({ description: "Deleted ones as well." });

export const listPoliciesRoute = route({
  name: "ListPolicies",
  method: "GET",
  path: "policies",
  tag,
  action: "readFleet",
  summary: "The policies in force.",
  query: z.strictObject({ ...pageQuery, retired }),
  answers: { 200: { description: "A page of them.", body: pageOf(body) } },
});

export const getPolicyRoute = route({
  name: "GetPolicy",
  method: "GET",
  path: "policies/{name}",
  tag,
  action: "readFleet",
  summary: "One policy.",
  params,
  query: z.strictObject({ retired }),
  answers: { 200: { description: "The policy.", body, headers: ["ETag"] } },
});

export const putPolicyRoute = route({
  name: "PutPolicy",
  method: "PUT",
  path: "policies/{name}",
  tag,
  action: "managePolicies",
  summary: "Creates or replaces a policy.",
  description:
    "What Azure cannot carry out, and what contradicts itself, is refused with the arithmetic, all problems at once.",
  // A name that cannot be one is among the problems of what is written.
  params: z.object({
    name: z.string().meta({ maxLength: 40, description: "Name of the policy." }),
  }),
  conditional: true,
  body: policyBodySchema,
  readsBody: true,
  answers: {
    200: { description: "Replaced, or as it was.", body, headers: ["ETag"] },
    201: { description: "Created.", body, headers: ["ETag"] },
  },
});

export const deletePolicyRoute = route({
  name: "DeletePolicy",
  method: "DELETE",
  path: "policies/{name}",
  tag,
  action: "managePolicies",
  summary: "Deletes a policy.",
  description: "One that protects VMs needs to be told what becomes of their restore points.",
  params,
  query: z.strictObject({
    outcome: z
      .enum(["keep", "ageOut", "delete"], { error: "expected keep, ageOut or delete" })
      .optional()
      .meta({ description: "What becomes of the restore points that it made." }),
    after: z.string().max(40).optional().meta({
      description: "With `outcome=delete`: an ISO 8601 duration, such as P30D.",
    }),
  }),
  conditional: true,
  answers: { 204: { description: "It is deleted, or never was." } },
  errors: { 409: "It protects VMs, and `outcome` is missing." },
});

const MOST_DAYS = 400;
const DEFAULT_DAYS = 30;

export const previewPolicyRoute = route({
  name: "PreviewPolicy",
  method: "POST",
  path: "policies/{name}/preview",
  tag,
  action: "readFleet",
  summary: "What a policy would do.",
  description: "Which VMs it matches and why not the others, and what one VM would get.",
  params,
  body: z
    .strictObject({
      policy: z
        .unknown()
        .optional()
        .meta({ description: "As in a PUT; the stored one when left out." }),
      days: z.int().min(1).max(MOST_DAYS).default(DEFAULT_DAYS),
    })
    .meta({ id: "PreviewRequest" }),
  answers: { 200: { description: "The preview.", body: previewSchema } },
  errors: { 503: "Azure does not answer at the moment." },
});
