/**
 * What the kinds of operations differ in. Everything else (leases, looks, pacing, deadlines) is the same for all.
 */

import type { RecordedVms } from "../../fleet/recorded-vm.ts";
import type { GrantDeps } from "../../grants/grant-deps.ts";
import type { MayRead } from "../../grants/may-read.ts";
import type { AzureFacts } from "../../restores/azure-facts.ts";
import type { Tables } from "../../state/tables.ts";
import type { EventName, Log } from "../../telemetry.ts";
import type { Accepted, AccessAccepted, Arm, ArmFailure, RestorePointReading } from "../arm.ts";
import type { ArmProblem } from "../arm-problem.ts";
import type { Operation } from "../operation.ts";

/** What a start may need. */
export interface Surroundings extends GrantDeps {
  readonly tables: GrantDeps["tables"] &
    Pick<Tables, "restores" | "protections" | "points" | "copies">;
  readonly arm: Arm;
  readonly recordedVms: Pick<RecordedVms, "get">;
  readonly azureFacts: AzureFacts;
  /** Whether somebody may still read disks of a VM, or restore it: asked anew, before anything is opened or made. */
  readonly mayRead: MayRead;
}

/** The answer to a start: under way, done at once, not yet to be sent, or not taken. */
export type Submitted =
  | Accepted
  | AccessAccepted
  | { readonly kind: "done" }
  | { readonly kind: "later"; readonly retryAfterMs: number; readonly error: ArmProblem }
  | ArmFailure;

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
  /** The first look comes so long after the start, in milliseconds, if ARM does not ask for more. */
  readonly firstWait: number;
  /** How long one start keeps others from starting; the app's own when left out. */
  readonly leaseMs?: number;
  /** Looks, and tries after errors, are at most this far apart, in milliseconds. */
  readonly longestWait: number;
  /** Whether a status URL that says Succeeded is all there is to know. */
  readonly endsWithStatus: boolean | ((operation: O) => boolean);
  /** The budget of Azure that a start is paced by; undefined: it never waits. */
  budget(operation: O): string | undefined;
  /** One start. Not repeated by itself. */
  submit(surroundings: Surroundings, operation: O, log: Log): Promise<Submitted>;
  find(arm: Arm, operation: O): Promise<Found>;
  /** What is to be started after this has succeeded; left out, or undefined: nothing. */
  nextStep?(operation: O): O | undefined;
}
