/** A value of an enum. Azure does not mind its casing: its own templates say `attach`. */
import { z } from "zod";

export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.preprocess((value) => spelled(values, value), z.enum(values));

/** As Azure spells it; anything else as it is. */
export const spelled = (values: readonly string[], value: unknown): unknown =>
  typeof value === "string"
    ? (values.find((each) => each.toLowerCase() === value.toLowerCase()) ?? value)
    : value;
