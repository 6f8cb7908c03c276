/** Whether Azure would make this restore point. The first rule that is broken answers. */
import { invalidParameter } from "../http/arm-error.ts";
import type { DiskReference, Emulator, RestorePointCollection, VirtualMachine } from "../state.ts";
import {
  agentNotReady,
  concurrentCreate,
  type RefusedCreate,
  sharedDisk,
  tooManyRestorePoints,
  unsupportedDisk,
} from "./refuse.ts";

export interface CreateRequest {
  readonly vm: VirtualMachine;
  readonly mode: "CrashConsistent" | undefined;
  readonly excludeDiskIds: readonly string[];
}

/** Ultra and Premium SSD v2 are application-consistent only. */
const APPLICATION_CONSISTENT_ONLY = ["UltraSSD_LRS", "PremiumV2_LRS"];

export function checkCreate(emulator: Emulator, request: CreateRequest): RefusedCreate | undefined {
  const { settings } = emulator;
  const { vm, mode, excludeDiskIds } = request;
  const foreign = excludeDiskIds.find((id) => !vm.disks.some((disk) => isDisk(disk, id)));
  if (foreign) throw invalidParameter(`excludeDisks: ${foreign} is not a disk of the VM.`);
  const points = restorePointsOf(emulator, vm);
  if (points.some(({ provisioningState }) => provisioningState === "Creating")) {
    return concurrentCreate(settings);
  }
  if (points.length >= settings.restorePointsPerVm) return tooManyRestorePoints(settings);
  for (const disk of includedDisks(request)) {
    const refused = checkDisk(emulator, disk, mode);
    if (refused) return refused;
  }
  return mode === undefined && vm.powerState !== "running" ? agentNotReady(settings) : undefined;
}

export const includedDisks = ({ vm, excludeDiskIds }: CreateRequest): DiskReference[] =>
  vm.disks.filter((disk) => !excludeDiskIds.some((id) => isDisk(disk, id)));

const isDisk = ({ diskId }: DiskReference, id: string): boolean =>
  diskId.toLowerCase() === id.toLowerCase();

function checkDisk(
  { state, settings }: Emulator,
  { diskId, name, ephemeral, writeAcceleratorEnabled }: DiskReference,
  mode: CreateRequest["mode"],
): RefusedCreate | undefined {
  const disk = state.disks.get(diskId);
  if ((disk?.maxShares ?? 1) > 1) return sharedDisk(settings, name);
  if (ephemeral) return unsupportedDisk(settings, name, "it is an ephemeral OS disk");
  if (mode === undefined) return undefined;
  const onlyApplication =
    writeAcceleratorEnabled || APPLICATION_CONSISTENT_ONLY.includes(disk?.sku ?? "");
  return onlyApplication
    ? unsupportedDisk(settings, name, "it is not supported for crash consistency")
    : undefined;
}

/** Of every collection whose source is this very VM, and not one of the same name before it. */
function restorePointsOf({ state }: Emulator, vm: VirtualMachine) {
  return state.collections
    .all()
    .filter((collection) => isOf(collection, vm))
    .flatMap(({ id }) => state.restorePoints.under(`${id}/restorePoints/`));
}

const isOf = ({ sourceVmGuid }: RestorePointCollection, { vmId }: VirtualMachine): boolean =>
  sourceVmGuid === vmId;
