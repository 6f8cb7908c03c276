/** Why a VM is protected as it is, as it is told. */
import * as z from "zod";
import { protectionStateSchema } from "../fleet/protection.ts";
import { vmKeySchema } from "../fleet/vm-key.ts";

const verdictSchema = z.object({
  name: z.string(),
  region: z.string().optional().meta({
    description: "Azure region of a copy; absent for the restore point itself.",
  }),
  at: z.string(),
  keep: z.boolean(),
  because: z.array(z.string()),
  deletedAt: z.iso.datetime().optional().meta({
    description: "When it will be deleted if all goes as planned; absent beyond a week.",
  }),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const explanationSchema = z
  .object({
    id: vmKeySchema,
    state: protectionStateSchema,
    rule: z.string().meta({
      description:
        "The rule that decided: the tag, a policy's own selection, or that there is none.",
    }),
    policies: z.array(z.object({ name: z.string(), description: z.string() })),
    nextSlot: z
      .object({ at: z.iso.datetime(), name: z.string(), policies: z.array(z.string()) })
      .optional(),
    restorePoints: z.array(verdictSchema),
    limit: z.object({ most: z.int(), ours: z.int(), others: z.int() }),
    blocks: z.array(z.string()).meta({
      description: "What stands in the way of a restore point, a copy or a deletion.",
    }),
  })
  .meta({ id: "Explanation" });
export type VmExplanation = z.infer<typeof explanationSchema>;
