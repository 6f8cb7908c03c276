/** Whether a VM has what its policies promise, as it is told. */
import * as z from "zod";
import { protectionStateSchema } from "../fleet/protection.ts";
import { vmKeySchema } from "../fleet/vm-key.ts";

export const complianceSchema = z
  .object({
    id: vmKeySchema,
    state: protectionStateSchema,
    policies: z.array(z.string()),
    lastGoodPoint: z.object({ name: z.string(), at: z.iso.datetime() }).optional(),
    age: z.string().optional().meta({
      description:
        "ISO 8601 duration: the age of the last good restore point; of the protection, while there is none.",
    }),
    rpoTarget: z
      .string()
      .optional()
      .meta({ description: "ISO 8601 duration: the shortest target of its policies." }),
    compliant: z.boolean(),
    reason: z.string().optional().meta({ description: "Why it is not compliant." }),
  })
  .meta({ id: "Compliance" });
export type VmCompliance = z.infer<typeof complianceSchema>;
