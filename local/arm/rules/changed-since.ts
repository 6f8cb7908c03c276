/** Whether the VM is still the one that a restore point is being made of. */
import type { Emulator } from "../emulator.ts";
import type { OperationError } from "../operations/operation.ts";
import type { RestorePoint, VirtualMachine } from "../state/state.ts";
import { documentedErrors } from "./documented-errors.ts";

/**
 * Azure's words for another set of disks; the emulator has them for a VM, or a collection, that is gone too. Tags do
 * not matter.
 */
export function changedSince(
  { state }: Pick<Emulator, "state">,
  point: RestorePoint,
): OperationError | undefined {
  const { source } = point;
  const vm = state.virtualMachines.get(source.id);
  if (vm?.vmId === source.vmId && disksOf(vm) === disksOf(source)) return undefined;
  return documentedErrors.VmChangedMeanwhile;
}

const disksOf = ({ disks }: VirtualMachine): string =>
  disks
    .map(({ diskId }) => diskId.toLowerCase())
    .sort()
    .join();
