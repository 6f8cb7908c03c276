/** An event subscription as it is kept. Its address is kept whole, which is why the file of the state is private. */
import { z } from "zod";
import type { EventSubscriptionRecord } from "../../state/state.ts";
import { propertiesBody } from "./body.ts";

const keptSchema = z.object({
  given: propertiesBody,
  provisioningState: z.enum(["Succeeded", "AwaitingManualAction", "Failed"]),
  /** While the webhook may still agree. */
  question: z.object({ tokenHash: z.string(), until: z.string() }).optional(),
});

export type Kept = z.infer<typeof keptSchema>;

export const keptIn = ({ properties }: EventSubscriptionRecord): Kept =>
  keptSchema.parse(properties);
