/** Whether Azure would make this restore point of a VM. The first rule that is broken answers. */
import type { Emulator } from "../emulator.ts";
import { invalidParameter } from "../http/arm-error.ts";
import { sameId } from "../paths.ts";
import { pointsOf } from "../resources/restore-points/find.ts";
import type { DiskReference, VirtualMachine } from "../state/state.ts";
import {
  agentNotReady,
  concurrentCreate,
  type RefusedCreate,
  sharedDisk,
  tooManyRestorePoints,
  unallocatedDisk,
  unsupportedDisk,
  unsupportedVm,
} from "./refuse.ts";
import { isCopiedInBackground } from "./snapshot-access-state.ts";

export interface CreateRequest {
  readonly vm: VirtualMachine;
  readonly mode: "CrashConsistent" | undefined;
  readonly excludeDiskIds: readonly string[];
}

export function checkCreate(emulator: Emulator, request: CreateRequest): RefusedCreate | undefined {
  const { settings } = emulator;
  const { vm, mode, excludeDiskIds } = request;
  const foreign = excludeDiskIds.find((id) => !vm.disks.some(({ diskId }) => sameId(diskId, id)));
  if (foreign) {
    throw invalidParameter("properties.excludeDisks", `${foreign} is not a disk of the VM.`);
  }
  const points = pointsOf(emulator, vm);
  if (points.some(({ provisioningState }) => provisioningState === "Creating")) {
    return concurrentCreate(settings);
  }
  if (points.length >= settings.restorePointsPerVm) return tooManyRestorePoints(settings);
  const refused = checkVm(emulator, request);
  if (refused) return refused;
  for (const disk of includedDisks(request)) {
    const refusedDisk = checkDisk(emulator, disk, mode);
    if (refusedDisk) return refusedDisk;
  }
  const agentMatters = mode === undefined && settings.stoppedVirtualMachine === "agentError";
  return agentMatters && vm.powerState !== "running" ? agentNotReady(settings) : undefined;
}

export const includedDisks = ({
  vm,
  excludeDiskIds,
}: Pick<CreateRequest, "vm" | "excludeDiskIds">): DiskReference[] =>
  vm.disks.filter(({ diskId }) => !excludeDiskIds.some((id) => sameId(diskId, id)));

/** Sizes with an `s` after the number, or of the old families DS, FS and GS, take premium storage. */
const TAKES_PREMIUM_STORAGE = /^Standard_([DFG]S\d|[A-Z]+\d+(-\d+)?[a-z]*s)/i;

function checkVm({ settings }: Emulator, { vm, mode }: CreateRequest): RefusedCreate | undefined {
  const { securityProfile, hardwareProfile } = vm.properties;
  if (textIn(securityProfile, "securityType") === "ConfidentialVM") {
    return unsupportedVm(settings, "it is a confidential VM");
  }
  const size = textIn(hardwareProfile, "vmSize");
  if (mode === undefined || size === undefined || TAKES_PREMIUM_STORAGE.test(size))
    return undefined;
  return unsupportedVm(
    settings,
    `crash consistency needs a size that supports premium storage, and ${size} does not`,
  );
}

function textIn(from: unknown, name: string): string | undefined {
  if (typeof from !== "object" || from === null) return undefined;
  const value = Object.entries(from).find(([key]) => key === name)?.[1];
  return typeof value === "string" ? value : undefined;
}

function checkDisk(
  { state, settings }: Emulator,
  { diskId, name, ephemeral, writeAcceleratorEnabled }: DiskReference,
  mode: CreateRequest["mode"],
): RefusedCreate | undefined {
  const disk = state.disks.get(diskId);
  if (disk === undefined) return unallocatedDisk(settings, name);
  if (Number(disk.properties["maxShares"] ?? 1) > 1) return sharedDisk(settings, name);
  if (ephemeral) return unsupportedDisk(settings, name, "it is an ephemeral OS disk");
  if (mode === undefined) return undefined;
  return writeAcceleratorEnabled || isCopiedInBackground(disk.sku)
    ? unsupportedDisk(settings, name, "it is not supported for crash consistency")
    : undefined;
}
