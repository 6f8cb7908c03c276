import * as z from "zod";
import { complianceSchema } from "../../answers/compliance.ts";
import { policyNameSchema } from "../../policy/policy.ts";
import { auditQuerySchema } from "../audit-range.ts";
import { route } from "../route.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { subscriptionText } from "../shapes/parameters.ts";
import {
  auditEntrySchema,
  driftAnswerSchema,
  reconciliationSchema,
  unprotectedSchema,
} from "../shapes/report.ts";
import { flagText } from "../shapes/text.ts";

const tag = "Reports";
const common = { method: "GET", tag, action: "readFleet" } as const;

export const reportComplianceRoute = route({
  ...common,
  name: "ReportCompliance",
  path: "reports/compliance",
  action: "read",
  summary: "Whether each VM has what its policies promise.",
  description: "In the order of `/vms`; a partner has those in its scope.",
  query: z.strictObject({
    ...pageQuery,
    subscriptionId: subscriptionText.optional(),
    policy: policyNameSchema.optional().meta({ description: "Only those that it protects." }),
    breached: flagText.default(false).meta({ description: "Only those that have not." }),
  }),
  answers: { 200: { description: "A page of VMs.", body: pageOf(complianceSchema) } },
});

export const listUnprotectedRoute = route({
  ...common,
  name: "ListUnprotected",
  path: "reports/unprotected",
  summary: "The VMs that have no tag and that no policy selects.",
  description: "As the last reconciliation saw them. A page can hold more VMs than `top`.",
  query: z.strictObject({ ...pageQuery, subscriptionId: subscriptionText }),
  answers: { 200: { description: "A page of VMs.", body: unprotectedSchema } },
});

export const listReconciliationsRoute = route({
  ...common,
  name: "ListReconciliations",
  path: "reports/reconciliations",
  summary: "The newest pass over each subscription, and how far it is.",
  query: z.strictObject(pageQuery),
  answers: { 200: { description: "A page of passes.", body: pageOf(reconciliationSchema) } },
});

export const listDriftRoute = route({
  ...common,
  name: "ListDrift",
  path: "reports/drift",
  summary: "What was found that no event had told, the newest of each subscription first.",
  query: z.strictObject({ ...pageQuery, subscriptionId: subscriptionText.optional() }),
  answers: { 200: { description: "A page of findings.", body: pageOf(driftAnswerSchema) } },
});

export const listAuditRoute = route({
  ...common,
  name: "ListAudit",
  path: "audit",
  summary: "The audit log of a holder, of a disk or of some days, the oldest first.",
  query: auditQuerySchema.extend(pageQuery),
  answers: { 200: { description: "A page of entries.", body: pageOf(auditEntrySchema) } },
});
