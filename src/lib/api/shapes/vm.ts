/** A VM in the HTTP API, made from its protection. */
import * as z from "zod";
import {
  closedSlotSchema,
  excludedDiskSchema,
  type Protection,
  protectionState,
  protectionStateSchema,
} from "../../fleet/protection.ts";
import { vmKeySchema } from "../../fleet/vm-key.ts";
import { given } from "../../given.ts";
import { operationIdSchema } from "../../operations/operation-id.ts";

export const vmSchema = z
  .object({
    id: vmKeySchema,
    /** ARM id. */
    resourceId: z.string(),
    location: z.string(),
    state: protectionStateSchema,
    reason: z
      .string()
      .optional()
      .meta({ description: "Why the state is what it is, where that needs saying." }),
    tag: z.string().optional(),
    policies: z.array(z.string()),
    nextSlotAt: z.iso.datetime().optional(),
    excludedDisks: z.array(excludedDiskSchema),
    lastSlot: closedSlotSchema.optional(),
    lastGoodPoint: z
      .object({ name: z.string(), at: z.iso.datetime() })
      .optional()
      .meta({ description: "The newest restore point that succeeded." }),
    openSlots: z
      .array(
        z.object({
          slot: z.string(),
          attempt: z.int(),
          notBefore: z.iso.datetime(),
          operationId: operationIdSchema.optional(),
        }),
      )
      .meta({
        description: "The slots without a restore point yet, and the operation that makes it.",
      }),
  })
  .meta({ id: "VirtualMachine" });

export function vmResource(protection: Protection): z.input<typeof vmSchema> {
  const { vm, resourceId, location, policies, excludedDisks, lastSlot } = protection;
  const { misconfiguration, tag, nextSlotAt, lastGoodPoint } = protection;
  return {
    id: vm,
    resourceId,
    location,
    state: protectionState(protection),
    ...given({ reason: misconfiguration?.reason, tag: misconfiguration?.tag ?? tag }),
    policies,
    ...given({ nextSlotAt }),
    excludedDisks,
    ...given({ lastSlot, lastGoodPoint }),
    openSlots: protection.openSlots.map(({ slot, attempt, notBefore, operation }) => ({
      slot,
      attempt,
      notBefore,
      ...given({ operationId: operation }),
    })),
  };
}
