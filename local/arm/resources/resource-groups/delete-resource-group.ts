/** What becomes of the resources of a group that is deleted. */
import type { Emulator } from "../../emulator.ts";
import { notAllowed } from "../../http/arm-error.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { partsOf } from "../../paths.ts";
import { type Rendered, report } from "../../report.ts";
import { activeAccessIn, endAccessesIn } from "../../rules/active-access.ts";
import { copyUnderWayFrom } from "../../rules/check-delete.ts";
import type { ResourceGroup, RestorePoint } from "../../state/state.ts";
import { renderDisk } from "../disks/render.ts";
import { ipConfigurationId, ipConfigurationsOf } from "../network/interface-body.ts";
import { renderNetworkInterface } from "../network/network-interfaces.ts";
import { renderVirtualNetwork } from "../network/virtual-networks.ts";
import { releaseBytes } from "../restore-points/release-bytes.ts";
import { renderCollection } from "../restore-points/render.ts";
import { interfacesIn } from "../virtual-machines/network-interfaces-of.ts";
import { renderVirtualMachine } from "../virtual-machines/render.ts";
import { released } from "../virtual-machines/write-virtual-machine.ts";
import { GROUP_OPERATIONS, renderResourceGroup } from "./render.ts";

/** Throws when something in it cannot be deleted. */
export function demandDeletable(emulator: Emulator, group: ResourceGroup): void {
  const reason = reasonToKeep(emulator, group);
  if (reason) throw notAllowed(refusalOf(group, reason));
}

const refusalOf = ({ name }: ResourceGroup, reason: string): string =>
  `Resource group '${name}' cannot be deleted: ${reason}.`;

function reasonToKeep(emulator: Emulator, { id }: ResourceGroup): string | undefined {
  const inside = `${id}/`.toLowerCase();
  const isOutside = (other: string) => !other.toLowerCase().startsWith(inside);
  const access = activeAccessIn(emulator, inside);
  if (access) return `there is an active shared access signature outstanding for ${access.id}`;
  for (const disk of emulator.state.disks.under(inside)) {
    const owner = disk.managedBy.find(isOutside);
    if (owner) return `disk ${disk.name} is attached to VM ${owner}`;
  }
  // From what is outside, of which each is looked at once, however much is inside.
  for (const vm of emulator.state.virtualMachines.all()) {
    const taken = interfacesIn(vm.properties).find(({ id: nic }) => !isOutside(nic));
    if (taken && isOutside(vm.id)) return `network interface ${taken.id} is used by VM ${vm.id}`;
  }
  const subnet = subnetOfOutside(emulator, isOutside);
  if (subnet) return subnet;
  const copy = copyToOutside(emulator, isOutside);
  return copy && `restore points of it are being copied to ${copy.id}`;
}

/** Azure's own words for a subnet that another group's network interface is in. */
function subnetOfOutside(
  { state }: Emulator,
  isOutside: (id: string) => boolean,
): string | undefined {
  for (const nic of state.networkInterfaces.all().filter(({ id }) => isOutside(id))) {
    for (const each of ipConfigurationsOf(nic)) {
      const { subnet } = each.properties;
      if (subnet === undefined || isOutside(subnet.id)) continue;
      return `InUseSubnetCannotBeDeleted, subnet ${partsOf(subnet.id).name} is in use by ${ipConfigurationId(nic.id, each)}`;
    }
  }
  return undefined;
}

function copyToOutside(
  emulator: Emulator,
  isOutside: (id: string) => boolean,
): RestorePoint | undefined {
  const { collections } = emulator.state;
  return collections
    .all()
    .filter(({ source, id }) => source.kind === "collection" && isOutside(id))
    .filter(({ source }) => !isOutside(source.id))
    .flatMap(({ source }) => collections.get(source.id) ?? [])
    .flatMap((collection) => copyUnderWayFrom(emulator, collection) ?? [])
    .find(({ id }) => isOutside(id));
}

const DELETE = `${GROUP_OPERATIONS}/delete`;

export const deleteResourceGroup = (emulator: Emulator): Behaviour => ({
  finish: async ({ target, input, request }) => {
    const { state, journal, bytes } = emulator;
    const group = state.resourceGroups.get(target);
    if (group === undefined || group.incarnation !== input["incarnation"]) return undefined;
    const inside = `${target}/`;
    const used = endAccessesIn(emulator, inside);
    if (used) return used;
    // A VM elsewhere may have taken a disk, an interface a subnet, or a collection a copy, since it was asked for.
    const reason = reasonToKeep(emulator, group);
    if (reason) return { code: "OperationNotAllowed", message: refusalOf(group, reason) };
    const points = [...state.restorePoints.under(inside)];
    const disks = [...state.disks.under(inside)];
    const gone = renderedIn(emulator, inside);
    journal.commit(() => {
      const { virtualMachines, networkInterfaces, virtualNetworks } = state;
      const { collections, restorePoints } = state;
      releaseDisksElsewhere(emulator, inside);
      const networks = [networkInterfaces, virtualNetworks];
      for (const kind of [virtualMachines, ...networks, restorePoints, collections]) {
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
    const resource = renderResourceGroup(group);
    report(emulator, request, { operationName: DELETE, resource, existed: true });
    return undefined;
  },
  fail: ({ target, input, request }) => {
    const group = emulator.state.resourceGroups.get(target);
    if (group === undefined || group.incarnation !== input["incarnation"]) return;
    const kept = emulator.state.resourceGroups.set({ ...group, provisioningState: "Succeeded" });
    const resource = renderResourceGroup(kept);
    report(emulator, request, { operationName: DELETE, resource, existed: true, failed: true });
  },
});

/** What is tracked, as it was. */
function renderedIn(emulator: Emulator, inside: string): Rendered[] {
  const { virtualMachines, disks, networkInterfaces, virtualNetworks, collections } =
    emulator.state;
  return [
    ...[...virtualMachines.under(inside)].map((vm) => renderVirtualMachine(emulator, vm)),
    ...[...disks.under(inside)].map((disk) => renderDisk(emulator, disk)),
    ...[...networkInterfaces.under(inside)].map((nic) => renderNetworkInterface(emulator, nic)),
    ...[...virtualNetworks.under(inside)].map(renderVirtualNetwork),
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
