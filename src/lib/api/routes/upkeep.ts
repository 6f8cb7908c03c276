import * as z from "zod";
import { switchNameSchema } from "../../state/switches.ts";
import { route } from "../route.ts";
import { switchAnswerSchema as body, switchBodySchema } from "../shapes/report.ts";

const tag = "Upkeep";
const params = z.object({ name: switchNameSchema.meta({ description: "Name of the switch." }) });
const path = "switches/{name}";

export const getSwitchRoute = route({
  name: "GetSwitch",
  method: "GET",
  path,
  tag,
  action: "readFleet",
  summary: "Whether something is switched off for the whole app.",
  params,
  answers: { 200: { description: "The switch.", body } },
});

export const putSwitchRoute = route({
  name: "PutSwitch",
  method: "PUT",
  path,
  tag,
  action: "managePolicies",
  summary: "Switches something off or on for the whole app.",
  description: "Whoever throws a switch says why: it is read in `explain` and in the log.",
  params,
  body: switchBodySchema,
  answers: { 200: { description: "The switch.", body } },
});

export const rebuildRoute = route({
  name: "Rebuild",
  method: "POST",
  path: "rebuild",
  tag,
  action: "managePolicies",
  summary: "Makes the catalogue again after a loss of the tables.",
  description: "`reports/reconciliations` tells how far it is. Deletions are switched off.",
  answers: {
    202: {
      description: "It has begun.",
      body: z
        .object({
          subscriptions: z.array(z.string()),
          policiesRestored: z.int(),
          partnersRestored: z.int(),
        })
        .meta({ id: "Rebuild" }),
    },
  },
  errors: { 409: "No subscription is configured." },
});
