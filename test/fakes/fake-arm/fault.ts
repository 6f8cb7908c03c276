import type { ArmFailure } from "../../../src/lib/operations/arm.ts";
import type { ArmProblem } from "../../../src/lib/operations/arm-problem.ts";

/** What shall happen to the next request of a kind instead of the usual. */
export type Fault =
  | ArmFailure
  /** The request is carried out, and its answer lost. */
  | { readonly kind: "answerLost" }
  /** The request is taken, and the operation fails later. Restore points and copies only. */
  | { readonly kind: "failLater"; readonly error: ArmProblem };

export const lost: ArmFailure = {
  kind: "unsettled",
  error: { code: "ECONNRESET", message: "lost" },
};

export const missing: ArmFailure = {
  kind: "notFound",
  error: { code: "ResourceNotFound", message: "It was not found." },
};

export const refused = (conflict: boolean, code: string, message: string): ArmFailure => ({
  kind: "refused",
  conflict,
  error: { code, message },
});
