import { z } from "zod";

/** Tags as Azure takes them: at most 50, names to 512 characters without some that Azure forbids, values to 256. */
export const tagsSchema = z
  .record(
    z
      .string()
      .min(1)
      .max(512)
      .regex(/^[^<>%&\\?/]+$/),
    z.string().max(256),
  )
  .refine((tags) => Object.keys(tags).length <= 50, { error: "at most 50 tags" })
  .nullish()
  .transform((tags) => tags ?? undefined);
