import * as z from "zod";
import { explanationSchema } from "../../answers/explanation.ts";
import { protectionStateSchema } from "../../fleet/protection.ts";
import { vmKeySchema } from "../../fleet/vm-key.ts";
import { policyNameSchema } from "../../policy/policy.ts";
import { route } from "../route.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { regionText, subscriptionText, vmParams } from "../shapes/parameters.ts";
import { vmSchema } from "../shapes/vm.ts";

const tag = "VMs";

export const listVmsRoute = route({
  name: "ListVms",
  method: "GET",
  path: "vms",
  tag,
  action: "read",
  summary: "The VMs with a protection, in the order of their ids.",
  description: "A partner has those in its scope.",
  query: z.strictObject({
    ...pageQuery,
    subscriptionId: subscriptionText.optional(),
    state: protectionStateSchema.optional().meta({ description: "Only those in this state." }),
    policy: policyNameSchema.optional().meta({ description: "Only those that it protects." }),
    location: regionText.optional(),
  }),
  answers: { 200: { description: "A page of VMs.", body: pageOf(vmSchema) } },
});

export const getVmRoute = route({
  name: "GetVm",
  method: "GET",
  path: "vms/{vm}",
  tag,
  action: "read",
  summary: "How a VM is protected.",
  params: vmParams,
  answers: { 200: { description: "The VM.", body: vmSchema } },
});

export const explainVmRoute = route({
  name: "ExplainVm",
  method: "GET",
  path: "vms/{vm}/explain",
  tag,
  action: "read",
  summary: "Why a VM is protected as it is.",
  description:
    "Which rule decides, what comes next, what will be deleted when and why, and what blocks.",
  params: vmParams,
  answers: { 200: { description: "The explanation.", body: explanationSchema } },
});

export const retireVmRoute = route({
  name: "RetireVm",
  method: "POST",
  path: "vms/{vm}/retire",
  tag,
  action: "operate",
  summary: "Takes a last restore point of a VM that is about to be deleted.",
  description: "Asking twice within a minute gives the same one. `explain` tells how far it is.",
  params: vmParams,
  repeatable: true,
  answers: {
    202: {
      description: "The restore point will be made.",
      body: z
        .object({ id: vmKeySchema, slot: z.string(), restorePoint: z.string() })
        .meta({ id: "Retirement" }),
    },
  },
  errors: { 409: "The VM is deleted: no restore point of it can be made any more." },
});
