import * as z from "zod";
import { looksLikeSecret } from "./looks-like-secret.ts";

export const NO_SECRET = "must not hold a SAS, a token or a key";

/** What somebody writes for the audit log, where secrets must not be: 1 to `most` characters. */
export const writtenText = (most: number) =>
  z
    .string({ error: `expected 1 to ${most} characters` })
    .trim()
    .min(1, { error: `expected 1 to ${most} characters` })
    .max(most, { error: `expected 1 to ${most} characters` })
    .refine((text) => !looksLikeSecret(text), { error: NO_SECRET });
