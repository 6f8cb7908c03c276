import { vmNameOf } from "../../fleet/vm-key.ts";
import { makeWay } from "../../grants/make-way.ts";
import { isBeingRestored } from "../../restores/being-restored.ts";
import type { Arm, ArmFailure } from "../arm.ts";
import type { DeleteOperation } from "../operation.ts";
import { budgetFor } from "../pacer.ts";
import type { Found, OperationKind, Submitted } from "./operation-kind.ts";

export const deleteRestorePoint: OperationKind<DeleteOperation> = {
  events: {
    submitted: "deletionSubmitted",
    succeeded: "deletionSucceeded",
    failed: "deletionFailed",
  },
  firstWait: 2000,
  longestWait: 60_000,
  endsWithStatus: true,
  budget: ({ vm, request }) =>
    budgetFor("deleteRestorePoint", vmNameOf(vm).subscriptionId, request.location),
  submit: async (surroundings, operation, log) => {
    const { arm } = surroundings;
    const { target, request } = operation;
    const way = await makeWay(surroundings, operation, log);
    if (way.kind === "wait") return { ...way, kind: "later", error: grantEnding };
    if (way.kind === "refused") return way;
    if (await isBeingRestored(surroundings.tables, operation)) return beingRestored;
    const reason = request.onlyIfFailed ? await reasonToStay(arm, target) : undefined;
    if (reason) return reason;
    const answer = await arm.deleteRestorePoint(target);
    // What is gone needs no deletion.
    return answer.kind === "notFound" ? { kind: "done" } : answer;
  },
  find: async (arm, { target }): Promise<Found> => {
    const reading = await arm.getRestorePoint(target);
    if (reading.kind === "notFound") return { kind: "succeeded" };
    if (reading.kind !== "found") return reading;
    const state = reading.restorePoint.provisioningState;
    if (state.toLowerCase() === "deleting") return { kind: "running" };
    const message = `The restore point is still there, in state ${state}.`;
    return { kind: "absent", error: { code: "NotDeleted", message } };
  },
};

const beingRestored: Submitted = {
  kind: "later",
  retryAfterMs: 60_000,
  error: { code: "BeingRestored", message: "Something is being restored from it." },
};

const grantEnding = {
  code: "GrantEnding",
  message: "Access to one of its disks is about to end.",
};

/** Nobody gives up a good restore point because an answer was lost: Azure has the last word on what failed. */
async function reasonToStay(arm: Arm, id: string): Promise<ArmFailure | undefined> {
  const reading = await arm.getRestorePoint(id);
  if (reading.kind === "notFound") return undefined;
  if (reading.kind !== "found") return reading;
  if (reading.restorePoint.provisioningState !== "Succeeded") return undefined;
  const message = "Azure made the restore point after all.";
  return { kind: "refused", conflict: false, error: { code: "SucceededAfterAll", message } };
}
