/**
 * Which consistency a restore point has in the end. Application consistency needs a running VM; without scripts Linux
 * freezes its file systems only, and when VSS fails on Windows the next three are file-system-consistent.
 * https://learn.microsoft.com/azure/virtual-machines/restore-point-troubleshooting
 */
import type { Emulator } from "../../emulator.ts";
import type { Operation } from "../../operations/operation.ts";
import type { ConsistencyMode, RestorePoint, VirtualMachine } from "../../state/state.ts";

const FALLBACKS = 3;

export function obtainedConsistency(
  { state, settings }: Emulator,
  { requestedMode, source }: RestorePoint,
  operation: Operation,
): ConsistencyMode {
  if (requestedMode) return requestedMode;
  if (source.powerState !== "running") return "CrashConsistent";
  const fallbacks = state.virtualMachines.get(source.id)?.fallbacksLeft ?? 0;
  if (fallbacks > 0 || fellBack(operation)) return "FileSystemConsistent";
  return isLinux(source) ? settings.linuxConsistency : "ApplicationConsistent";
}

/** Counts the restore points that are still to be file-system-consistent. */
export function rememberFallback(
  { state }: Emulator,
  { requestedMode, source }: RestorePoint,
  operation: Operation,
): void {
  const vm = state.virtualMachines.get(source.id);
  if (vm === undefined || requestedMode || source.powerState !== "running") return;
  const before = fellBack(operation) ? FALLBACKS : (vm.fallbacksLeft ?? 0);
  if (before > 0) state.virtualMachines.set({ ...vm, fallbacksLeft: before - 1 });
}

const fellBack = ({ input }: Operation): boolean => input["outcome"] === "fall-back";

const isLinux = ({ disks }: VirtualMachine): boolean => disks[0]?.osType === "Linux";
