/** The operations of a restore, derived from its row: made again after a crash, they are the same. */
import type { RestoreOperation } from "../operations/operation.ts";
import { planned } from "../operations/planned.ts";
import { isDirectDrive } from "./disk-skus.ts";
import { operationOn, type Restore, type RestoredResource, restoredId } from "./restore.ts";

const HOUR = 3_600_000;
const CHECK_DEADLINE = HOUR / 2;
const CREATE_DEADLINE = 2 * HOUR;
/** A large disk of such a kind takes Azure a day. */
const HYDRATE_DEADLINE = 48 * HOUR;
const DELETE_DEADLINE = 6 * HOUR;

/** Of everything that is under way. */
export function operationsOf(restore: Restore, now: Date): RestoreOperation[] {
  const { state, check, resources } = restore;
  if (state === "Checking") {
    return check === undefined ? [] : [{ ...commonOf(restore, check), ...checking(restore, now) }];
  }
  return resources.flatMap((resource) => stepOf(restore, resource, now) ?? []);
}

const checking = ({ restorePointId: target }: Restore, now: Date) =>
  ({ kind: "checkRestore", target, ...planned(now, CHECK_DEADLINE) }) as const;

const CREATIONS = {
  disk: "createDisk",
  networkInterface: "createNetworkInterface",
  virtualMachine: "createVirtualMachine",
} as const;

function stepOf(
  restore: Restore,
  resource: RestoredResource,
  now: Date,
): RestoreOperation | undefined {
  const { operation, role, state } = resource;
  if (operation === undefined) return undefined;
  const common = { ...commonOf(restore, operation), target: restoredId(restore, resource) };
  if (state === "Deleting") {
    return { ...common, kind: "deleteRestored", ...planned(now, DELETE_DEADLINE) };
  }
  if (state !== "Creating") return undefined;
  const kind = CREATIONS[role];
  if (kind === "createDisk" && isDirectDrive(resource.disk?.sku ?? "")) {
    return { ...common, kind, hydrates: true, ...planned(now, HYDRATE_DEADLINE) };
  }
  const timed = { ...common, ...planned(now, CREATE_DEADLINE) };
  return kind === "createVirtualMachine"
    ? {
        ...timed,
        kind,
        step: "create",
        ...(restore.powerState === "stopped" ? { stops: true } : {}),
      }
    : { ...timed, kind };
}

function commonOf(restore: Restore, ulid: string) {
  const { id, vm, point, slot, region } = restore;
  return {
    id: operationOn(restore, ulid),
    ...{ vm, point, slot },
    ...(region === undefined ? {} : { region }),
    request: { restore: id },
  };
}
