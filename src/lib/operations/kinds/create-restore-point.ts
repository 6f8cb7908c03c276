import { vmNameOf } from "../../fleet/vm-key.ts";
import type { Arm } from "../arm.ts";
import type { CreateOperation } from "../operation.ts";
import { budgetFor } from "../pacer.ts";
import { foundIn } from "./found-in.ts";
import type { OperationKind, Submitted } from "./operation-kind.ts";

export const createRestorePoint: OperationKind<CreateOperation> = {
  events: {
    submitted: "restorePointSubmitted",
    succeeded: "restorePointSucceeded",
    failed: "restorePointFailed",
  },
  longestWait: 60_000,
  // Which disks are in, and how consistent they are, only the restore point says.
  endsWithStatus: false,
  budget: ({ vm, request }) =>
    budgetFor("createRestorePoint", vmNameOf(vm).subscriptionId, request.collection.location),
  submit,
  find: async (arm, { target }) => foundIn(await arm.getRestorePoint(target)),
};

async function submit(arm: Arm, { target, request }: CreateOperation): Promise<Submitted> {
  const { collection, consistencyMode, excludeDiskIds } = request;
  const mode = consistencyMode === undefined ? {} : { consistencyMode };
  const restorePoint = { id: target, ...mode, excludeDiskIds };
  if (!request.createCollection) {
    const answer = await arm.putRestorePoint(restorePoint);
    // Somebody deleted the collection: it is made again.
    if (answer.kind !== "notFound") return answer;
  }
  const made = await arm.putRestorePointCollection(collection);
  return made.kind === "done" ? await arm.putRestorePoint(restorePoint) : made;
}
