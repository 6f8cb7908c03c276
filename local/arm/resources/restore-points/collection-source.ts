/** What a collection is bound to for ever: a VM, or for copies to another region a collection. */
import type { Emulator } from "../../emulator.ts";
import { invalidParameter, notAllowed, resourceNotFound } from "../../http/arm-error.ts";
import { partsOf, rooted } from "../../paths.ts";
import { regionOf } from "../../region.ts";
import { demandFeature } from "../../rules/previews.ts";
import type { CollectionSource } from "../../state/state.ts";
import { COLLECTION_TYPE } from "./render.ts";

const PATH = "properties.source.id";

export interface AskedSource {
  readonly subscriptionId: string;
  readonly id: string;
  /** Of the collection that is made. */
  readonly location: string;
}

/** Throws when there is no such source, or it is in a region where it must not be. */
export function sourceOf(emulator: Emulator, asked: AskedSource): CollectionSource {
  const id = rooted(asked.id);
  if (/\/virtualMachines\/[^/]+$/i.test(id)) return fromVirtualMachine(emulator, { ...asked, id });
  if (/\/restorePointCollections\/[^/]+$/i.test(id)) {
    return fromCollection(emulator, { ...asked, id });
  }
  throw invalidParameter(
    PATH,
    "must be the id of a virtual machine or a restore point collection.",
  );
}

function fromVirtualMachine(
  emulator: Emulator,
  { subscriptionId, id, location }: AskedSource,
): CollectionSource {
  const vm = emulator.state.virtualMachines.get(id);
  if (vm === undefined) {
    const { group, name } = partsOf(id);
    throw resourceNotFound("Microsoft.Compute/virtualMachines", name, group);
  }
  if (regionOf(vm.location) !== regionOf(location)) {
    if (!emulator.settings.createInOtherRegion) {
      throw invalidParameter(
        "location",
        `'${location}' is not the region of the source VM, which is in ${regionOf(vm.location)}.`,
      );
    }
    demandFeature(emulator, subscriptionId, "createInOtherRegion");
  }
  return { kind: "virtualMachine", id: vm.id, location: vm.location, vmGuid: vm.vmId };
}

function fromCollection({ state }: Emulator, { id, location }: AskedSource): CollectionSource {
  const source = state.collections.get(id);
  if (source === undefined) {
    const { group, name } = partsOf(id);
    throw resourceNotFound(COLLECTION_TYPE, name, group);
  }
  if (source.source.kind === "collection") {
    throw notAllowed(
      `Restore point collection '${source.name}' holds copies: a copy cannot be copied again.`,
    );
  }
  if (source.location === regionOf(location)) {
    throw invalidParameter("location", "restore points are copied to another region only.");
  }
  return { kind: "collection", id: source.id, location: source.location };
}
