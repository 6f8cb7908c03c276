/** The reports, the audit log and the switches in the HTTP API. */
import * as z from "zod";
import { storedEntrySchema } from "../../audit/audit-entry.ts";
import { vmKeySchema } from "../../fleet/vm-key.ts";
import { given } from "../../given.ts";
import { driftSchema } from "../../reconcile/drift.ts";
import { type Pass, passSchema } from "../../reconcile/pass.ts";
import { switchSchema } from "../../state/switches.ts";
import { pageOf } from "./page.ts";

export const unprotectedSchema = pageOf(
  z.object({ id: vmKeySchema, reason: z.string() }).meta({ id: "UnprotectedVm" }),
).extend({
  seenAt: z.iso
    .datetime()
    .optional()
    .meta({ description: "When the VMs were looked at; absent before the first time." }),
});

export const reconciliationSchema = passSchema
  .omit({ previousAt: true })
  .extend({
    state: z.enum(["Running", "Finished", "Unreachable"]),
    lastFinishedAt: z.iso.datetime().optional(),
  })
  .meta({ id: "Reconciliation" });

export const reconciliationOf = ({
  previousAt,
  ...pass
}: Pass): z.input<typeof reconciliationSchema> => ({
  ...pass,
  state: stateOf(pass),
  ...given({ lastFinishedAt: previousAt }),
});

function stateOf({ finishedAt, unreachable }: Pass) {
  if (finishedAt !== undefined) return "Finished";
  return unreachable === undefined ? "Running" : "Unreachable";
}

export const driftAnswerSchema = driftSchema.meta({ id: "Drift" });
export const auditEntrySchema = storedEntrySchema.meta({ id: "AuditEntry" });
export const switchAnswerSchema = switchSchema.meta({ id: "Switch" });

export const switchBodySchema = z
  .strictObject({
    value: z.enum(["on", "off"], { error: "expected on or off" }),
    reason: z.string({ error: "expected a sentence" }).min(1).max(500),
  })
  .meta({ id: "SwitchSetting" });
