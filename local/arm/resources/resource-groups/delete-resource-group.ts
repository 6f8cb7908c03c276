/** What becomes of the resources of a group that is deleted. */
import type { Emulator } from "../../emulator.ts";
import { notAllowed } from "../../http/arm-error.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { type Rendered, report } from "../../report.ts";
import { activeAccessIn, endAccessesIn } from "../../rules/active-access.ts";
import type { ResourceGroup } from "../../state/state.ts";
import { renderDisk } from "../disks/render.ts";
import { renderNetworkInterface } from "../network/network-interfaces.ts";
import { releaseBytes } from "../restore-points/release-bytes.ts";
import { renderCollection } from "../restore-points/render.ts";
import { renderVirtualMachine } from "../virtual-machines/render.ts";
import { released } from "../virtual-machines/write-virtual-machine.ts";

/** Throws when something in it cannot be deleted. */
export function demandDeletable(emulator: Emulator, { id, name }: ResourceGroup): void {
  const inside = `${id}/`.toLowerCase();
  const isOutside = (other: string) => !other.toLowerCase().startsWith(inside);
  const refused = (reason: string) =>
    notAllowed(`Resource group '${name}' cannot be deleted: ${reason}.`);
  const access = activeAccessIn(emulator, inside);
  if (access) {
    throw refused(`there is an active shared access signature outstanding for ${access.id}`);
  }
  for (const disk of emulator.state.disks.under(inside)) {
    const owner = disk.managedBy.find(isOutside);
    if (owner) throw refused(`disk ${disk.name} is attached to VM ${owner}`);
  }
}

export const deleteResourceGroup = (emulator: Emulator): Behaviour => ({
  finish: async ({ target, request }) => {
    const { state, journal, bytes } = emulator;
    const inside = `${target}/`;
    const used = endAccessesIn(emulator, inside);
    if (used) return used;
    const points = [...state.restorePoints.under(inside)];
    const disks = [...state.disks.under(inside)];
    const gone = renderedIn(emulator, inside);
    journal.commit(() => {
      const { virtualMachines, networkInterfaces, collections, restorePoints } = state;
      releaseDisksElsewhere(emulator, inside);
      for (const kind of [virtualMachines, networkInterfaces, restorePoints, collections]) {
        for (const { id } of [...kind.under(inside)]) kind.delete(id);
      }
      for (const { id } of disks) state.disks.delete(id);
      state.resourceGroups.delete(target);
    });
    for (const point of points) await releaseBytes(emulator, point);
    for (const disk of disks) await bytes.diskDeleted(disk.uniqueId);
    for (const resource of gone) {
      const operationName = `${resource.type}/delete`;
      report(emulator, request, { operationName, resource, existed: true });
    }
    return undefined;
  },
  fail: ({ target }) => {
    const group = emulator.state.resourceGroups.get(target);
    if (group) emulator.state.resourceGroups.set({ ...group, provisioningState: "Succeeded" });
  },
});

/** What is tracked, as it was. */
function renderedIn(emulator: Emulator, inside: string): Rendered[] {
  const { virtualMachines, disks, networkInterfaces, collections } = emulator.state;
  return [
    ...[...virtualMachines.under(inside)].map((vm) => renderVirtualMachine(emulator, vm)),
    ...[...disks.under(inside)].map((disk) => renderDisk(emulator, disk)),
    ...[...networkInterfaces.under(inside)].map((nic) => renderNetworkInterface(emulator, nic)),
    ...[...collections.under(inside)].map((each) => renderCollection(emulator, each)),
  ];
}

function releaseDisksElsewhere({ state }: Emulator, inside: string): void {
  for (const vm of state.virtualMachines.under(inside)) {
    for (const { diskId } of vm.disks) {
      const disk = state.disks.get(diskId);
      if (disk) state.disks.set(released(disk, vm.id));
    }
  }
}
