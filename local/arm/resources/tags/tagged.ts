/** The resources that have tags, each with the way to change them. */
import type { Emulator } from "../../emulator.ts";
import { ArmError, resourceNotFound } from "../../http/arm-error.ts";
import { COLLECTION, DISK, GROUP, NETWORK, partsOf, VIRTUAL_MACHINE } from "../../paths.ts";
import type { Rendered } from "../../report.ts";
import type { Tags } from "../../state/state.ts";
import { renderDisk } from "../disks/render.ts";
import { renderNetworkInterface } from "../network/network-interfaces.ts";
import { renderResourceGroup } from "../resource-groups/render.ts";
import { renderCollection } from "../restore-points/render.ts";
import { renderVirtualMachine } from "../virtual-machines/render.ts";

export const TAGGED_PATHS = [
  GROUP,
  VIRTUAL_MACHINE,
  DISK,
  COLLECTION,
  `${NETWORK}/networkInterfaces/{name}`,
];

export interface Tagged {
  readonly id: string;
  readonly tags: Tags;
  /** The resource with these tags instead. */
  readonly retag: (tags: Tags) => Rendered;
}

/** Throws ARM's 404 when there is no such resource. */
export function taggedAt(emulator: Emulator, id: string): Tagged {
  const { state } = emulator;
  const { virtualMachines, disks, collections, networkInterfaces, resourceGroups } = state;
  const vm = virtualMachines.get(id);
  if (vm) {
    const revision = vm.revision + 1;
    return tagged(vm, (tags) =>
      renderVirtualMachine(emulator, virtualMachines.set({ ...vm, tags, revision })),
    );
  }
  const disk = disks.get(id);
  if (disk) return tagged(disk, (tags) => renderDisk(emulator, disks.set({ ...disk, tags })));
  const collection = collections.get(id);
  if (collection) {
    return tagged(collection, (tags) =>
      renderCollection(emulator, collections.set({ ...collection, tags })),
    );
  }
  const nic = networkInterfaces.get(id);
  if (nic) {
    const revision = nic.revision + 1;
    return tagged(nic, (tags) =>
      renderNetworkInterface(emulator, networkInterfaces.set({ ...nic, tags, revision })),
    );
  }
  const group = resourceGroups.get(id);
  if (group) {
    return tagged(group, (tags) => renderResourceGroup(resourceGroups.set({ ...group, tags })));
  }
  throw notFound(id);
}

const tagged = (
  { id, tags = {} }: { readonly id: string; readonly tags?: Tags | undefined },
  retag: Tagged["retag"],
): Tagged => ({ id, tags, retag });

function notFound(id: string): ArmError {
  const [, provider] = /\/providers\/([^/]+\/[^/]+)\//i.exec(id) ?? [];
  const { group, name } = partsOf(id);
  if (provider) return resourceNotFound(provider, name, group);
  const message = `Resource group '${group}' could not be found.`;
  return new ArmError(404, "ResourceGroupNotFound", message);
}
