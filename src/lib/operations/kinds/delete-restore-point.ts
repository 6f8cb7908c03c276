import { vmNameOf } from "../../fleet/vm-key.ts";
import type { DeleteOperation } from "../operation.ts";
import { budgetFor } from "../pacer.ts";
import type { Found, OperationKind } from "./operation-kind.ts";

export const deleteRestorePoint: OperationKind<DeleteOperation> = {
  events: {
    submitted: "deletionSubmitted",
    succeeded: "deletionSucceeded",
    failed: "deletionFailed",
  },
  longestWait: 60_000,
  endsWithStatus: true,
  budget: ({ vm, request }) =>
    budgetFor("deleteRestorePoint", vmNameOf(vm).subscriptionId, request.location),
  submit: async (arm, { target }) => {
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
