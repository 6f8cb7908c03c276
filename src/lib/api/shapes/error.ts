/** How every error looks. */
import * as z from "zod";

const detailSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** The parameter, property or header that is wrong. */
  target: z.string().optional(),
});

export const errorSchema = z
  .object({
    error: detailSchema.extend({
      /** Where several things are wrong at once, each of them. */
      details: z.array(detailSchema).optional(),
    }),
  })
  .meta({ id: "Error", description: "What went wrong. `code` is in `x-ms-error-code` as well." });
