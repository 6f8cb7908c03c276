/**
 * What the kinds of operations differ in. Everything else (leases, looks, pacing, deadlines) is the same for all.
 */

import type { EventName } from "../../telemetry.ts";
import type { Accepted, Arm, ArmFailure, RestorePointReading } from "../arm.ts";
import type { ArmProblem } from "../arm-problem.ts";
import type { Operation } from "../operation.ts";

/** The answer to a start: under way, done at once, or not taken. */
export type Submitted = Accepted | { readonly kind: "done" } | ArmFailure;

/** What Azure has under the name that the operation is about. */
export type Found =
  | { readonly kind: "running"; readonly retryAfterMs?: number; readonly percent?: number }
  | { readonly kind: "succeeded"; readonly restorePoint?: RestorePointReading }
  | { readonly kind: "failed"; readonly error: ArmProblem }
  /** Azure knows nothing of the request: it was not carried out. */
  | { readonly kind: "absent"; readonly error: ArmProblem }
  | Exclude<ArmFailure, { kind: "notFound" }>;

export interface OperationKind<O extends Operation> {
  readonly events: Readonly<Record<"submitted" | "succeeded" | "failed", EventName>>;
  /** Looks are at most this far apart, in milliseconds. */
  readonly longestWait: number;
  /** Whether a status URL that says Succeeded is all there is to know. */
  readonly endsWithStatus: boolean;
  /** The budget of Azure that a start is paced by. */
  budget(operation: O): string;
  /** One start. Not repeated by itself. */
  submit(arm: Arm, operation: O): Promise<Submitted>;
  find(arm: Arm, operation: O): Promise<Found>;
}
