/** What the benchmark of the emulator makes. */

export const SUBSCRIPTION = "00000000-0000-4000-8000-000000000009";
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/bench`;
const COMPUTE = `${GROUP}/providers/Microsoft.Compute`;
export const VM_NAME = "vm-only";
export const VM = `${COMPUTE}/virtualMachines/${VM_NAME}`;
export const OS_DISK = `${COMPUTE}/disks/${VM_NAME}-os`;
export const COLLECTION = `${COMPUTE}/restorePointCollections/${VM_NAME}-rpc`;
