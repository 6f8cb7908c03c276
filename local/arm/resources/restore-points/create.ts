/** Makes a restore point of a VM: the disks' bytes are kept as they are now, the rest takes as long as Azure takes. */
import { randomUUID } from "node:crypto";
import type { Emulator } from "../../emulator.ts";
import { ArmError, entityNotFound, resourceNotFound } from "../../http/arm-error.ts";
import type { ArmRequest } from "../../http/arm-request.ts";
import type { Operation, OperationError } from "../../operations/operation.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { partsOf } from "../../paths.ts";
import { factsOf } from "../../report.ts";
import { changedSince } from "../../rules/changed-since.ts";
import { checkCreate, includedDisks } from "../../rules/check-create.ts";
import { documentedErrors } from "../../rules/documented-errors.ts";
import { instantAccessOf } from "../../rules/instant-access.ts";
import { refuse } from "../../rules/refuse.ts";
import type {
  DiskRestorePoint,
  RestorePoint,
  RestorePointCollection,
  VirtualMachine,
} from "../../state/state.ts";
import { startOperation } from "../shared/start-operation.ts";
import { obtainedConsistency, rememberFallback } from "./consistency.ts";
import { releaseBytes } from "./release-bytes.ts";
import { reportRestorePoint } from "./report-restore-point.ts";
import type { RestorePointProperties } from "./restore-point-body.ts";

export interface AskedRestorePoint {
  readonly id: string;
  readonly collection: RestorePointCollection;
  readonly properties: RestorePointProperties;
  readonly request: ArmRequest;
}

export interface AcceptedRestorePoint {
  readonly point: RestorePoint;
  readonly operation: Operation;
  readonly headers: Readonly<Record<string, string>>;
}

export async function createRestorePoint(
  emulator: Emulator,
  asked: AskedRestorePoint,
): Promise<AcceptedRestorePoint> {
  const { state, settings } = emulator;
  const { collection, properties, request } = asked;
  if (properties.sourceRestorePoint) {
    const message = `sourceRestorePoint: '${collection.name}' holds restore points of a VM; a copy belongs in a collection whose source is a collection.`;
    const target = "properties.sourceRestorePoint";
    throw new ArmError(400, "InvalidParameter", message, { target });
  }
  const vm = sourceVmOf(emulator, collection);
  const mode = properties.consistencyMode ?? undefined;
  const excludeDiskIds = (properties.excludeDisks ?? []).map(({ id }) => id);
  const minutes = instantAccessOf(collection, {
    minutes: properties.instantAccessDurationMinutes ?? undefined,
    mode,
  });
  const refused = checkCreate(emulator, { vm, mode, excludeDiskIds });
  const fault = refused ? refuse(refused) : undefined;
  const headers = countCreation(emulator, request, mode ?? "ApplicationConsistent", vm.id);
  // In the state before anything is awaited: a second request at once meets it.
  const begun = state.restorePoints.set({
    id: asked.id,
    name: partsOf(asked.id).name,
    location: collection.location,
    timeCreated: emulator.clock.iso(),
    requestedMode: mode,
    excludeDiskIds,
    source: vm,
    provisioningState: "Creating",
    disks: [],
    instantAccessDurationMinutes: minutes,
  });
  const point = await withBytes(emulator, begun);
  const operation = startOperation(emulator, {
    kind: "createRestorePoint",
    target: point.id,
    location: collection.location,
    input: { timeCreated: point.timeCreated },
    request: factsOf(request),
    ms: mode ? settings.crashConsistentCreateMs : settings.applicationConsistentCreateMs,
    vmId: vm.id,
    fault,
  });
  return { point, operation, headers };
}

/** Counts it against the limit of the hour; throws Compute's 429. */
export const countCreation = (
  { throttling, clock }: Emulator,
  { params, principal }: ArmRequest,
  mode: "ApplicationConsistent" | "CrashConsistent" | "Copy",
  resourceId: string,
): Record<string, string> => {
  const { subscriptionId = "" } = params;
  const call = {
    operation: "createRestorePoint" as const,
    mode,
    subscriptionId,
    principal,
    resourceId,
  };
  return throttling.take(call, clock.now());
};

/** The VM that the collection was made for; one that is gone or was made anew is not it. */
function sourceVmOf({ state }: Emulator, { source }: RestorePointCollection): VirtualMachine {
  const vm = state.virtualMachines.get(source.id);
  if (vm && vm.vmId === source.vmGuid) return vm;
  const { group, name } = partsOf(source.id);
  throw resourceNotFound("Microsoft.Compute/virtualMachines", name, group);
}

async function withBytes(emulator: Emulator, begun: RestorePoint): Promise<RestorePoint> {
  const { state } = emulator;
  try {
    const point = { ...begun, disks: await keepBytes(emulator, begun) };
    if (state.restorePoints.get(begun.id) === begun) return state.restorePoints.set(point);
    // Its resource group was deleted meanwhile.
    await releaseBytes(emulator, point);
  } catch (error) {
    // It must not stay in Creating, which would refuse every other one of the VM.
    if (state.restorePoints.get(begun.id) === begun) state.restorePoints.delete(begun.id);
    throw error;
  }
  throw entityNotFound();
}

/** All disks at one instant. */
async function keepBytes(
  { state, bytes }: Emulator,
  { source, excludeDiskIds }: RestorePoint,
): Promise<DiskRestorePoint[]> {
  const included = includedDisks({ vm: source, excludeDiskIds }).flatMap((reference) => {
    const disk = state.disks.get(reference.diskId);
    return disk ? [{ reference, disk }] : [];
  });
  const captured = await bytes.capture(included.map(({ disk }) => disk));
  return included.map(({ reference, disk }, index) => ({
    name: `${reference.name}_${randomUUID()}`,
    lun: reference.lun,
    source: disk,
    epoch: captured[index]?.epoch ?? 0,
    snapshot: captured[index]?.snapshot,
    familyId: disk.familyId,
  }));
}

/** Nothing when it was ended before, by a process that was killed then; else an error: it was deleted meanwhile. */
export const missing = (point: RestorePoint | undefined): OperationError | undefined =>
  point === undefined ? documentedErrors.EntityNotFound : undefined;

export const createdRestorePoint = (emulator: Emulator): Behaviour => {
  const { state, clock } = emulator;
  const find = ({ target, input }: Operation): RestorePoint | undefined => {
    const point = state.restorePoints.get(target);
    const isIt = point?.provisioningState === "Creating";
    return isIt && point.timeCreated === input["timeCreated"] ? point : undefined;
  };
  return {
    finish: (operation) => {
      const point = find(operation);
      if (point === undefined) return missing(state.restorePoints.get(operation.target));
      const changed = changedSince(emulator, point);
      if (changed) return changed;
      const consistencyMode = obtainedConsistency(emulator, point, operation);
      rememberFallback(emulator, point, operation);
      const made = state.restorePoints.set({
        ...point,
        provisioningState: "Succeeded",
        completedAt: clock.iso(),
        consistencyMode,
      });
      reportRestorePoint(emulator, operation, made, { verb: "write" });
      return undefined;
    },
    fail: async (operation) => {
      const point = find(operation);
      if (point === undefined) return;
      const failed = { ...point, provisioningState: "Failed" as const, disks: [] };
      state.restorePoints.set(failed);
      await releaseBytes(emulator, point);
      reportRestorePoint(emulator, operation, failed, { verb: "write", failed: true });
    },
  };
};
