/**
 * A copy in another region. Azure calls it Succeeded as soon as copying has begun; it is complete when the
 * replication of every disk says so.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-copy-restore-points-how-to
 */
import { vmNameOf } from "../../fleet/vm-key.ts";
import type { Arm } from "../arm.ts";
import type { CopyOperation } from "../operation.ts";
import { budgetFor } from "../pacer.ts";
import { foundIn } from "./found-in.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";

export const copyRestorePoint: OperationKind<CopyOperation> = {
  events: { submitted: "copySubmitted", succeeded: "copySucceeded", failed: "copyFailed" },
  firstWait: 2000,
  // Azure itself refreshes the progress about every ten minutes.
  longestWait: 600_000,
  endsWithStatus: false,
  budget: ({ vm, region }) => budgetFor("createRestorePoint", vmNameOf(vm).subscriptionId, region),
  submit,
  find,
};

async function submit(
  { arm }: Surroundings,
  { target, request }: CopyOperation,
): Promise<Submitted> {
  const { collection, sourceRestorePointId } = request;
  if (!request.createCollection) {
    const answer = await arm.copyRestorePoint({ id: target, sourceRestorePointId });
    if (answer.kind !== "notFound") return answer;
  }
  const made = await arm.putRestorePointCollection(collection);
  if (made.kind !== "done") return made;
  return await arm.copyRestorePoint({ id: target, sourceRestorePointId });
}

async function find(arm: Arm, { target }: CopyOperation): Promise<Found> {
  const reading = await arm.getReplication(target);
  const found = foundIn(reading);
  if (reading.kind !== "found" || found.kind !== "succeeded") return found;
  const { state, percent, message } = reading.replication;
  switch (state) {
    case "succeeded":
      return found;
    case "failed":
      return {
        kind: "failed",
        error: { code: "ReplicationFailed", message: message ?? "Azure gives no reason." },
      };
    default:
      return { kind: "running", percent };
  }
}
