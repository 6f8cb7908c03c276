/** What lists have in common: how a page is asked for, and how it looks. */
import * as z from "zod";
import { numberText } from "./text.ts";

export const MOST_ON_A_PAGE = 200;
const DEFAULT_ON_A_PAGE = 50;
const LONGEST_CONTINUATION = 4000;
const NO_CONTINUATION = "expected the one of a `nextLink`";

export const pageQuery = {
  top: numberText(1, MOST_ON_A_PAGE).default(DEFAULT_ON_A_PAGE).meta({
    description: "How many a page holds at most; one that is not the last can hold fewer.",
  }),
  continuation: z
    .string()
    .min(1, { error: NO_CONTINUATION })
    .max(LONGEST_CONTINUATION, { error: NO_CONTINUATION })
    .optional()
    .meta({ description: "Of a `nextLink`; opaque." }),
};

export interface PageAsked {
  readonly top: number;
  readonly continuation?: string | undefined;
}

/** The shape of a list that is never more than one page. */
export const listOf = <T extends z.ZodType>(of: T) => z.object({ value: z.array(of) });

/** The shape of a page of these. */
export const pageOf = <T extends z.ZodType>(of: T) =>
  z.object({
    value: z.array(of),
    /** Absent on the last page. */
    nextLink: z.url().optional(),
  });
