/** The end of a virtual machine's DELETE. */
import type { Emulator } from "../../emulator.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { report } from "../../report.ts";
import { activeAccessOf } from "../../rules/active-access.ts";
import type { Disk, NetworkInterface, VirtualMachine } from "../../state/state.ts";
import { renderDisk } from "../disks/render.ts";
import { renderNetworkInterface } from "../network/network-interfaces.ts";
import { interfacesIn } from "./network-interfaces-of.ts";
import { renderVirtualMachine, VIRTUAL_MACHINE_TYPE } from "./render.ts";
import { released } from "./write-virtual-machine.ts";

export const deleteVirtualMachine = (emulator: Emulator): Behaviour => {
  const { state, journal, bytes } = emulator;
  const find = (target: string, vmId: unknown): VirtualMachine | undefined => {
    const vm = state.virtualMachines.get(target);
    return vm?.vmId === vmId ? vm : undefined;
  };
  const resource = (vm: VirtualMachine) => renderVirtualMachine(emulator, vm);
  const operationName = `${VIRTUAL_MACHINE_TYPE}/delete`;
  return {
    finish: async ({ target, input, request }) => {
      const vm = find(target, input["vmId"]);
      if (vm === undefined) return undefined;
      const told = resource(vm);
      const gone = disksThatGo(emulator, vm);
      const interfaces = interfacesThatGo(emulator, vm);
      const alongside = [
        ...gone.map((disk) => renderDisk(emulator, disk)),
        ...interfaces.map((each) => renderNetworkInterface(emulator, each)),
      ];
      journal.commit(() => {
        for (const { diskId } of vm.disks) {
          const disk = state.disks.get(diskId);
          if (disk) state.disks.set(released(disk, vm.id));
        }
        for (const { id } of gone) {
          state.accesses.delete(id);
          state.disks.delete(id);
        }
        for (const { id } of interfaces) state.networkInterfaces.delete(id);
        state.virtualMachines.delete(vm.id);
      });
      for (const { uniqueId } of gone) await bytes.diskDeleted(uniqueId);
      report(emulator, request, { operationName, resource: told, existed: true });
      for (const each of alongside) {
        const deleted = `${each.type}/delete`;
        report(emulator, request, { operationName: deleted, resource: each, existed: true });
      }
      return undefined;
    },
    fail: ({ target, input, request }) => {
      const vm = find(target, input["vmId"]);
      if (vm === undefined) return;
      const kept = state.virtualMachines.set({ ...vm, provisioningState: "Failed" });
      report(emulator, request, {
        operationName,
        resource: resource(kept),
        existed: true,
        failed: true,
      });
    },
  };
};

/** Those with deleteOption Delete, unless they are being read through a SAS, and ephemeral ones. */
const disksThatGo = (emulator: Emulator, { disks }: VirtualMachine): Disk[] =>
  disks
    .filter(
      ({ deleteOption, ephemeral, diskId }) =>
        ephemeral || (deleteOption === "Delete" && !activeAccessOf(emulator, diskId)),
    )
    .flatMap(({ diskId }) => emulator.state.disks.get(diskId) ?? []);

/** Those with deleteOption Delete. */
const interfacesThatGo = (
  { state }: Emulator,
  { properties }: VirtualMachine,
): NetworkInterface[] =>
  interfacesIn(properties)
    .filter(({ deleteOption }) => deleteOption === "Delete")
    .flatMap(({ id }) => state.networkInterfaces.get(id) ?? []);
