/** Values of a query: text that means something else. */
import * as z from "zod";

export const numberText = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: `expected a number from ${least} to ${most}` })
    .transform(Number)
    .refine((number) => number >= least && number <= most, {
      error: `expected a number from ${least} to ${most}`,
    })
    .meta({ type: "integer", minimum: least, maximum: most });

export const flagText = z
  .string()
  .regex(/^(true|false)$/, { error: "expected true or false" })
  .transform((text) => text === "true")
  .meta({ type: "boolean" });

/** For a name whose rules are about it in lower case; so its length is said here once more. */
export const inAnyCase = (most: number) => z.string().max(most).toLowerCase();

/** An instant with a time zone. */
export const instantText = z.iso
  .datetime({ offset: true, error: "expected an instant, as in 2026-01-31T10:00:00Z" })
  .transform((text) => new Date(text));
