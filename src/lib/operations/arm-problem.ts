import * as z from "zod";

/** An error as ARM put it, and what we make of it. */
export const armProblemSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** What would mend it, in words for an operator. */
  advice: z.string().optional(),
});
export type ArmProblem = z.infer<typeof armProblemSchema>;
