/** Which disks, network interfaces and VMs Azure refuses to make or to remove. */
import type { ArmFailure } from "../../../src/lib/operations/arm.ts";
import type { DiskRequest } from "../../../src/lib/operations/arm-resources.ts";
import type { VirtualMachineRequest } from "../../../src/lib/restores/vm-request.ts";
import { findDiskRestorePoint } from "./fake-access.ts";
import type { FakeResource } from "./fake-resource.ts";
import type { FakeResources } from "./fake-resources.ts";
import type { FakeStore } from "./fake-store.ts";
import { missing, refused } from "./fault.ts";

const notAllowed = (message: string) => refused(true, "OperationNotAllowed", message);

const changed = (property: string) =>
  refused(true, "PropertyChangeNotAllowed", `Changing property '${property}' is not allowed.`);

export function reasonAgainstDisk(
  request: DiskRequest,
  before: FakeResource | undefined,
  store: FakeStore,
  now: number,
): ArmFailure | undefined {
  const { diskRestorePointId, location, sizeInGB } = request;
  if (before) return reasonAgainstChange(before, diskRestorePointId, now);
  const found = findDiskRestorePoint(store, diskRestorePointId, now);
  if (found === undefined) return missing;
  const { point, disk } = found;
  if (point.collection.location.toLowerCase() !== location.toLowerCase()) {
    return refused(false, "InvalidParameter", "A disk is made where its source is.");
  }
  if (point.deletedAt !== undefined) return notAllowed("The restore point is being deleted.");
  if (point.copyOf && (point.failure || point.copyOf.completeAt > now)) {
    return notAllowed("The copy of the disk restore point is not complete.");
  }
  return (sizeInGB ?? Number.POSITIVE_INFINITY) < (disk.sizeInGB ?? 0)
    ? refused(false, "InvalidParameter", "The disk is smaller than its source.")
    : undefined;
}

/** A disk stays what it was made of. */
function reasonAgainstChange(
  before: FakeResource,
  diskRestorePointId: string,
  now: number,
): ArmFailure | undefined {
  if (isBeingRemoved(before, now)) return notAllowed("The disk is being deleted.");
  const origin = before.kind === "disk" ? before.request.diskRestorePointId : "";
  return origin.toLowerCase() === diskRestorePointId.toLowerCase()
    ? undefined
    : changed("creationData.sourceResourceId");
}

export const reasonAgainstInterface = (
  before: FakeResource | undefined,
  now: number,
): ArmFailure | undefined =>
  before && isBeingRemoved(before, now)
    ? notAllowed("The network interface is being deleted.")
    : undefined;

/** `isForeign`: whether a disk is of a VM that is not among the resources. */
export function reasonAgainstVm(
  { id, osType, disks, networkInterfaceId }: VirtualMachineRequest,
  resources: FakeResources,
  isForeign: (diskId: string) => boolean,
  now: number,
): ArmFailure | undefined {
  const before = resources.get(id);
  if (before && isBeingRemoved(before, now)) return notAllowed("The VM is being deleted.");
  if (before?.kind === "virtualMachine" && before.request.osType !== osType) {
    return changed("osDisk.osType");
  }
  const isElsewhere = (used: string) => {
    const user = resources.userOf(used);
    return user !== undefined && user.id.toLowerCase() !== id.toLowerCase();
  };
  if (resources.get(networkInterfaceId) === undefined) {
    const message = `Resource ${networkInterfaceId} referenced by resource ${id} was not found.`;
    return refused(false, "InvalidResourceReference", message);
  }
  if (isElsewhere(networkInterfaceId)) {
    return refused(true, "NicInUse", `Network Interface ${networkInterfaceId} is used.`);
  }
  for (const disk of disks) {
    if (isForeign(disk.id) || isElsewhere(disk.id)) {
      const message = `Disk '${disk.id}' cannot be attached as it is already owned by a VM.`;
      return refused(true, "AttachDiskWhileBeingDetached", message);
    }
    const found = resources.get(disk.id);
    if (found === undefined) return missing;
    if (isBeingRemoved(found, now)) return notAllowed("The disk is being deleted.");
  }
  return undefined;
}

export function reasonAgainstRemoval(
  { id, kind }: FakeResource,
  resources: FakeResources,
): ArmFailure | undefined {
  const user = resources.userOf(id);
  if (user === undefined) return undefined;
  return kind === "networkInterface"
    ? refused(false, "NicInUse", `Network Interface ${id} is used by existing resource ${user.id}.`)
    : notAllowed(`Disk ${id} is attached to VM ${user.id}.`);
}

const isBeingRemoved = ({ removal }: FakeResource, now: number): boolean =>
  removal !== undefined && removal.endsAt > now;
