/** VMs as Azure would describe them, and the events that it would send about them. */
import type { VirtualMachine } from "../../src/lib/fleet/virtual-machine.ts";
import { type VmKey, vmKeyOf, vmNameOf } from "../../src/lib/fleet/vm-key.ts";

const vmIdOf = (vm: VmKey): string => {
  const { subscriptionId, resourceGroup, name } = vmNameOf(vm);
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachines/${name}`;
};

export function newVm(
  name: string,
  subscriptionId: string,
  more: Partial<VirtualMachine> = {},
): [VmKey, VirtualMachine] {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-1/providers/Microsoft.Compute`;
  const id = `${group}/virtualMachines/${name}`;
  const key = vmKeyOf(id);
  if (key === undefined) throw new Error(`Not a VM name: ${name}`);
  const disk = { name: `${name}-os`, id: `${group}/disks/${name}-os` };
  const vm = {
    id,
    name,
    resourceGroup: "rg-1",
    location: "westeurope",
    vmId: `${name}-guid-0000`,
    tags: {},
    disks: [{ ...disk, writeAccelerator: false, ephemeral: false }],
    model: { id, networkProfile: { networkInterfaces: [] } },
    ...more,
  };
  return [key, vm];
}

/** Of the subscription topic: `what` is the operation, such as `Microsoft.Resources/tags/write`. */
export const eventAbout = (vm: VmKey, what: string, id: string, at: number) => ({
  id,
  eventType: `Microsoft.Resources.Resource${kindOf(what)}Success`,
  eventTime: new Date(at).toISOString(),
  data: { resourceUri: vmIdOf(vm), operationName: what },
});

function kindOf(what: string): string {
  if (what.endsWith("/delete")) return "Delete";
  return what.endsWith("/action") ? "Action" : "Write";
}

/** The VM that a message is about. */
export function vmIn(message: unknown): string {
  const { vm, operation = "" } = message as { vm?: string; operation?: string };
  return vm ?? operation.slice(0, operation.lastIndexOf("~"));
}
