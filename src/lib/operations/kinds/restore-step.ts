/** What the steps of a restore have in common: their row, their budget, and how what they make is found again. */
import { vmNameOf } from "../../fleet/vm-key.ts";
import {
  RESTORE_TAG,
  type Restore,
  type RestoredResource,
  restoreKey,
} from "../../restores/restore.ts";
import { isItsOwn } from "../../restores/restored-names.ts";
import type { Tables } from "../../state/tables.ts";
import type { Arm, ArmFailure } from "../arm.ts";
import type { RestoreOperation } from "../operation.ts";
import { ulidOfOperation } from "../operation-id.ts";
import { budgetFor } from "../pacer.ts";
import type { Found, Submitted } from "./operation-kind.ts";

export const stepEvents = {
  submitted: "restoreStepSubmitted",
  succeeded: "restoreStepSucceeded",
  failed: "restoreStepFailed",
} as const;

/** ARM counts writes by subscription, whatever they make. */
export const writeBudget = ({ vm }: RestoreOperation): string =>
  budgetFor("restoreResource", vmNameOf(vm).subscriptionId, "all");

export interface Step {
  readonly restore: Restore;
  readonly resource: RestoredResource;
}

/** Undefined: the restore does not wait for this operation any more. */
export async function stepOf(
  { restores }: Pick<Tables, "restores">,
  { id, request }: RestoreOperation,
): Promise<Step | undefined> {
  const restore = (await restores.get(restoreKey(request.restore)))?.record;
  const resource = restore?.resources.find(({ operation }) => operation === ulidOfOperation(id));
  if (resource?.state !== "Creating" && resource?.state !== "Deleting") return undefined;
  return restore && { restore, resource };
}

export const outOfDate: ArmFailure = {
  kind: "refused",
  conflict: false,
  error: { code: "OutOfDate", message: "The restore does not wait for this any more." },
};

/**
 * Why the name is not to be written to. The check has found it free; this is for what somebody has made since then.
 * Names that nobody else can have are not looked for.
 */
export async function reasonAgainst(
  arm: Arm,
  { target, request }: RestoreOperation,
): Promise<ArmFailure | undefined> {
  if (isItsOwn(target, request.restore)) return undefined;
  const reading = await arm.getResource(target);
  if (reading.kind === "notFound") return undefined;
  if (reading.kind !== "found") return reading;
  return reading.resource.tags[RESTORE_TAG] === request.restore ? undefined : nameTaken;
}

const nameTaken: ArmFailure = {
  kind: "refused",
  conflict: false,
  error: { code: "NameTaken", message: "Somebody else has made a resource of this name." },
};

/** Somebody else changes what a resource refers to, such as its subnet: that passes. */
const PASSING = /^(AnotherOperationInProgress|ReferencedResourceNotProvisioned|RetryableError)$/;
const PASSES_IN_MS = 15_000;

/** A refusal that passes by itself is no failure of the restore. */
export const orLater = (answer: Submitted): Submitted =>
  answer.kind === "refused" && PASSING.test(answer.error.code)
    ? { kind: "later", retryAfterMs: PASSES_IN_MS, error: answer.error }
    : answer;

/** What became of a creation whose answer was lost: the tag says whether it is ours. */
export async function findCreated(arm: Arm, operation: RestoreOperation): Promise<Found> {
  const reading = await arm.getResource(operation.target);
  if (reading.kind === "notFound") return { kind: "absent", error: reading.error };
  if (reading.kind !== "found") return reading;
  const { tags, provisioningState } = reading.resource;
  if (tags[RESTORE_TAG] !== operation.request.restore) {
    return { kind: "failed", error: nameTaken.error };
  }
  switch (provisioningState.toLowerCase()) {
    case "succeeded":
      return { kind: "succeeded" };
    case "creating":
    case "updating":
      return { kind: "running" };
    default: {
      const message = `Azure gives the state ${provisioningState} and no reason.`;
      return { kind: "failed", error: { code: `Provisioning${provisioningState}`, message } };
    }
  }
}
