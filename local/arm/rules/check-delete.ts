/** Whether a restore point can be deleted now. */
import type { Emulator } from "../emulator.ts";
import { notAllowed } from "../http/arm-error.ts";
import type { OperationError } from "../operations/operation.ts";
import { sameId } from "../paths.ts";
import { collectionOf, pointsIn, targetsOf } from "../resources/restore-points/find.ts";
import type { RestorePoint, RestorePointCollection } from "../state/state.ts";
import { demandNoAccess } from "./active-access.ts";
import { replicationOf } from "./replication.ts";

/** Throws a refusal; answers the error of one that arrives later. */
export function checkDelete(emulator: Emulator, point: RestorePoint): OperationError | undefined {
  if (point.provisioningState === "Creating") {
    throw notAllowed(`Restore point '${point.name}' is being created.`);
  }
  const copy = copyUnderWay(emulator, point);
  if (copy) throw notAllowed(`Restore point '${point.name}' is being copied to ${copy.id}.`);
  return demandNoAccess(emulator, point.id);
}

/** The first copy of any restore point of the collection that is still under way. */
export const copyUnderWayFrom = (
  emulator: Emulator,
  collection: RestorePointCollection,
): RestorePoint | undefined =>
  targetsOf(emulator, collection)
    .flatMap((target) => pointsIn(emulator, target))
    .find((copy) => isUnderWay(emulator, copy));

const isUnderWay = ({ settings, clock }: Emulator, copy: RestorePoint): boolean =>
  copy.provisioningState !== "Failed" &&
  replicationOf(settings, copy, clock.now()).state === "inProgress";

function copyUnderWay(emulator: Emulator, point: RestorePoint): RestorePoint | undefined {
  const collection = collectionOf(emulator, point);
  if (collection === undefined) return undefined;
  return targetsOf(emulator, collection)
    .flatMap((target) => pointsIn(emulator, target))
    .filter(({ copy }) => copy && sameId(copy.sourceRestorePointId, point.id))
    .find((copy) => isUnderWay(emulator, copy));
}
