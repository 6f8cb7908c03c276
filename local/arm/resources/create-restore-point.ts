/** Makes a restore point: the disks' bytes are kept as they are now, the rest takes as long as Azure takes. */
import { randomUUID } from "node:crypto";
import type { ArmRequest } from "../http/arm-request.ts";
import type { AsyncOperation, OperationError } from "../operations.ts";
import { report } from "../report.ts";
import { includedDisks } from "../rules/check-create.ts";
import type { DiskRestorePoint, Emulator, RestorePoint, VirtualMachine } from "../state.ts";
import { renderRestorePoint } from "./render-restore-point.ts";

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
  const failure = injected ? { code: injected.code, message: injected.message } : asked.failure;
  if (failure === undefined) point.diskRestorePoints = await keepBytes(emulator, asked);
  const ms = mode ? settings.crashConsistentCreateMs : settings.applicationConsistentCreateMs;
  const operation = operations.start(ms, () => {
    point.provisioningState = failure ? "Failed" : "Succeeded";
    if (failure) return failure;
    const rendered = renderRestorePoint(emulator, point);
    const type = "Microsoft.Compute/restorePointCollections/restorePoints";
    report(emulator, request, `${type}/write`, { ...rendered, type, location: vm.location });
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
