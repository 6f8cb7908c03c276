/** Removes what a restore that has failed has made. Only what carries its tag: everything else is somebody else's. */
import { RESTORE_TAG } from "../../restores/restore.ts";
import type { Arm } from "../arm.ts";
import type { DeleteRestoredOperation } from "../operation.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";
import { outOfDate, stepEvents, stepOf, writeBudget } from "./restore-step.ts";

export const deleteRestored: OperationKind<DeleteRestoredOperation> = {
  events: stepEvents,
  firstWait: 2000,
  longestWait: 30_000,
  // That it is gone is what counts.
  endsWithStatus: false,
  budget: writeBudget,
  submit,
  find,
};

async function submit(
  { tables, arm }: Surroundings,
  operation: DeleteRestoredOperation,
): Promise<Submitted> {
  if ((await stepOf(tables, operation)) === undefined) return outOfDate;
  const found = await find(arm, operation);
  switch (found.kind) {
    case "absent": {
      const answer = await arm.deleteResource(operation.target);
      return answer.kind === "notFound" ? { kind: "done" } : answer;
    }
    case "succeeded":
      return { kind: "done" };
    case "running":
      return { kind: "accepted" };
    case "failed":
      return { kind: "refused", conflict: false, error: found.error };
    default:
      // Whose it is could not be read: then nothing is removed.
      return found;
  }
}

/** Absent: it is there, and ours, and nobody is removing it. */
async function find(arm: Arm, { target, request }: DeleteRestoredOperation): Promise<Found> {
  const reading = await arm.getResource(target);
  if (reading.kind === "notFound") return { kind: "succeeded" };
  if (reading.kind !== "found") return reading;
  const { tags, provisioningState } = reading.resource;
  if (tags[RESTORE_TAG] !== request.restore) return { kind: "succeeded" };
  if (provisioningState.toLowerCase() === "deleting") return { kind: "running" };
  const message = `It is still there, in state ${provisioningState}.`;
  return { kind: "absent", error: { code: "NotDeleted", message } };
}
