/** What is wrong with something that was written, one field at a time. */
import type * as z from "zod";

export interface Problem {
  /** The path of the field, joined by dots, such as `copies.0.region`. */
  readonly field: string;
  readonly message: string;
}

/** Everything that a schema found, at once. What is wrong as a whole has the field `whole`. */
export const problemsOf = ({ issues }: z.ZodError, whole: string): Problem[] =>
  issues.flatMap((issue) => problemsOfIssue(issue, whole));

function problemsOfIssue(issue: z.core.$ZodIssue, whole: string): Problem[] {
  const fieldOf = (path: readonly PropertyKey[]) => path.map(String).join(".") || whole;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: fieldOf([...issue.path, key]),
      message: "there is no such property",
    }));
  }
  return [{ field: fieldOf(issue.path), message: issue.message }];
}
