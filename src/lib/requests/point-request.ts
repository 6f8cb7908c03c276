/** What is asked for with a restore point on demand. */
import * as z from "zod";
import { writtenText } from "../audit/written-text.ts";
import { DAY, durationSchema } from "../policy/duration.ts";
import { diskSelectorSchema, regionSchema, requestedConsistencySchema } from "../policy/policy.ts";

const MOST_SELECTORS = 64;
const MOST_COPIES = 10;
/** Ten years, leap days included. */
const LONGEST_KEPT = 3653 * DAY;

export const pointRequestSchema = z
  .strictObject({
    /** Left out: as the VM's tag says, or else as strong as the strongest of its policies. */
    consistency: requestedConsistencySchema.optional(),
    /** Exactly these, in the place of what the tag and the policies leave out; left out: those. */
    excludeDisks: z.array(diskSelectorSchema).max(MOST_SELECTORS).optional(),
    /** Other regions that get a copy. */
    copies: z
      .array(regionSchema)
      .max(MOST_COPIES)
      .refine((regions) => new Set(regions).size === regions.length, {
        error: "expected each region once",
      })
      .default([]),
    /** The one region where it is kept, if not the VM's own. */
    region: regionSchema.optional(),
    /** Kept so long, whatever policies say; left out: as long as the VM's policies keep it. */
    keepFor: durationSchema
      .refine((ms) => ms >= DAY, { error: "expected at least P1D" })
      .refine((ms) => ms <= LONGEST_KEPT, { error: "expected at most P3653D" })
      .optional(),
    /** It is on hold from the beginning. */
    legalHold: z.strictObject({ reason: writtenText(500) }).optional(),
  })
  .refine(({ region, copies }) => region === undefined || !copies.includes(region), {
    error: "the region where it is kept needs no copy",
    path: ["copies"],
  });
export type PointRequest = z.infer<typeof pointRequestSchema>;
