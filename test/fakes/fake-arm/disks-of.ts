import { sameResourceId } from "../../../src/lib/fleet/resource-id.ts";
import type { VirtualMachine } from "../../../src/lib/fleet/virtual-machine.ts";
import type { FakeDisk } from "./fake-store.ts";

/** What a restore point of a VM has of its disks. `sizes`: in GB, by id in lower case. */
export const disksOf = (
  vm: VirtualMachine,
  excludeDiskIds: readonly string[],
  sizes: ReadonlyMap<string, number>,
): FakeDisk[] =>
  vm.disks.flatMap((disk) => {
    const { id } = disk;
    if (id === undefined || excludeDiskIds.some((each) => sameResourceId(each, id))) return [];
    const sizeInGB = sizes.get(id.toLowerCase());
    return [{ ...disk, ...(sizeInGB === undefined ? {} : { sizeInGB }) }];
  });
