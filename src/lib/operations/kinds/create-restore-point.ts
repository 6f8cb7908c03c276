import { vmNameOf } from "../../fleet/vm-key.ts";
import { recordNetworkPlace } from "../../restores/record-network-place.ts";
import type { RestorePointReading } from "../arm.ts";
import type { CreateOperation } from "../operation.ts";
import { budgetFor } from "../pacer.ts";
import { foundIn } from "./found-in.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";

export const createRestorePoint: OperationKind<CreateOperation> = {
  events: {
    submitted: "restorePointSubmitted",
    succeeded: "restorePointSucceeded",
    failed: "restorePointFailed",
  },
  firstWait: 2000,
  longestWait: 60_000,
  // Which disks are in, and how consistent they are, only the restore point says.
  endsWithStatus: false,
  budget: ({ vm, request }) =>
    budgetFor("createRestorePoint", vmNameOf(vm).subscriptionId, request.collection.location),
  submit,
  find: async (arm, operation) => {
    const reading = await arm.getRestorePoint(operation.target);
    return reading.kind === "found" && isAnother(reading.restorePoint, operation)
      ? nameTaken
      : foundIn(reading);
  },
};

/** More than any clock is wrong. */
const DAY = 86_400_000;

/**
 * Whether the restore point was there long before anybody asked for it: after a loss of the tables a VM's slots could
 * be named as they were once before. Only the next attempt's name is free then.
 */
const isAnother = ({ timeCreated }: RestorePointReading, { createdAt }: CreateOperation): boolean =>
  timeCreated !== undefined && Date.parse(timeCreated) + DAY < Date.parse(createdAt);

const nameTaken: Found = {
  kind: "failed",
  error: { code: "NameTaken", message: "An older restore point has this name." },
};

async function submit(
  surroundings: Surroundings,
  { vm, target, request }: CreateOperation,
): Promise<Submitted> {
  const { arm } = surroundings;
  const { collection, consistencyMode, excludeDiskIds, networkInterfaceId } = request;
  if (networkInterfaceId) await recordNetworkPlace(surroundings, vm, networkInterfaceId);
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
