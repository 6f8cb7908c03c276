/** An integer in a body. Azure reads one that is written as a string too: its own templates and README have such. */
import { z } from "zod";

export const integer = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)], {
  error: "must be an integer",
});
