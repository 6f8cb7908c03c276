import type { ArmFailure } from "../../../src/lib/operations/arm.ts";
import type { ArmProblem } from "../../../src/lib/operations/arm-problem.ts";

/** What shall happen to the next request of a kind instead of the usual. */
export type Fault =
  | ArmFailure
  /** The request is carried out, and its answer lost. */
  | { readonly kind: "answerLost" }
  /** The request is taken, and the operation fails later. Not of deleted restore points and collections. */
  | { readonly kind: "failLater"; readonly error: ArmProblem }
  /**
   * The request is taken, its answer lost, and it has its effect only so much later, also when another one has had
   * its own by then: a beginGetAccess that lands after its endGetAccess. To anything but these two it is `answerLost`.
   */
  | { readonly kind: "late"; readonly ms: number };

export const lost: ArmFailure = {
  kind: "unsettled",
  error: { code: "ECONNRESET", message: "lost" },
};

export const missing: ArmFailure = {
  kind: "notFound",
  error: { code: "ResourceNotFound", message: "It was not found." },
};

export const missingGroup: ArmFailure = {
  kind: "notFound",
  error: { code: "ResourceGroupNotFound", message: "The resource group could not be found." },
};

export const refused = (conflict: boolean, code: string, message: string): ArmFailure => ({
  kind: "refused",
  conflict,
  error: { code, message },
});

/** To the deletion of what somebody reads. */
export const inUse = refused(
  true,
  "DiskRestorePointUsedByCustomer",
  "There is an active shared access signature.",
);

/** Whether it is an answer, in place of what would have been done. */
export const isAnswer = (fault: Fault): fault is ArmFailure =>
  fault.kind !== "answerLost" && fault.kind !== "failLater" && fault.kind !== "late";
