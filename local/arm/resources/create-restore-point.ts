/** Makes a restore point: the disks' bytes are kept as they are now, the rest takes as long as Azure takes. */
import { randomUUID } from "node:crypto";
import type { ArmRequest } from "../http/arm-request.ts";
import type { AsyncOperation, OperationError } from "../operations.ts";
import { regionOf } from "../region.ts";
import { report } from "../report.ts";
import { changedSince } from "../rules/changed-since.ts";
import { includedDisks } from "../rules/check-create.ts";
import type { DiskRestorePoint, Emulator, RestorePoint, VirtualMachine } from "../state.ts";
import { dropBytes } from "../unneeded-bytes.ts";
import { renderRestorePoint } from "./render-restore-point.ts";

export const RESTORE_POINT_TYPE = "Microsoft.Compute/restorePointCollections/restorePoints";

export interface AskedRestorePoint {
  readonly id: string;
  readonly vm: VirtualMachine;
  readonly mode: "CrashConsistent" | undefined;
  readonly excludeDiskIds: readonly string[];
  /** The error that the operation will end with, if it is known now. */
  readonly failure: OperationError | undefined;
}

export interface AcceptedCreate {
  readonly point: RestorePoint;
  readonly operation: AsyncOperation;
}

export async function createRestorePoint(
  emulator: Emulator,
  request: ArmRequest,
  asked: AskedRestorePoint,
): Promise<AcceptedCreate> {
  const { state, settings, operations, faults } = emulator;
  const { id, vm, mode, excludeDiskIds } = asked;
  // In the map before anything is awaited: a second request at once meets it.
  const point = state.restorePoints.set({
    id,
    name: id.slice(id.lastIndexOf("/") + 1),
    timeCreated: new Date(),
    requestedMode: mode,
    excludeDiskIds,
    source: { ...vm },
    provisioningState: "Creating",
    diskRestorePoints: [],
  });
  const injected = faults.takeOperation("createRestorePoint", vm.name);
  const known = injected ? { code: injected.code, message: injected.message } : asked.failure;
  if (known === undefined) {
    try {
      point.diskRestorePoints = await keepBytes(emulator, asked);
    } catch (error) {
      // It must not stay in Creating, which would refuse every other one of the VM.
      state.restorePoints.delete(id);
      throw error;
    }
  }
  const ms = mode ? settings.crashConsistentCreateMs : settings.applicationConsistentCreateMs;
  const operation = operations.start(ms, async () => {
    const failure = known ?? changedSince(emulator, point);
    point.provisioningState = failure ? "Failed" : "Succeeded";
    if (failure) {
      const kept = point.diskRestorePoints;
      point.diskRestorePoints = [];
      await dropBytes(emulator, kept);
      return failure;
    }
    const location = regionOf(vm.location);
    const made = { ...renderRestorePoint(emulator, point), type: RESTORE_POINT_TYPE, location };
    report(emulator, request, `${RESTORE_POINT_TYPE}/write`, made);
    return undefined;
  });
  return { point, operation };
}

async function keepBytes(
  { state, bytes }: Emulator,
  { id, vm, excludeDiskIds, mode }: AskedRestorePoint,
): Promise<DiskRestorePoint[]> {
  const kept = includedDisks({ vm, mode, excludeDiskIds }).map(async (disk) => {
    const source = state.disks.get(disk.diskId);
    if (source === undefined) return [];
    const name = `${disk.name}_${randomUUID()}`;
    const snapshot = await bytes.snapshot(source.bytes);
    const made = { id: `${id}/diskRestorePoints/${name}`, name, disk, source };
    return [{ ...made, sizeInGB: source.sizeInGB, bytes: snapshot }];
  });
  return (await Promise.all(kept)).flat();
}
