/** The records of an attempt, derived from its protection: the planned operation and its restore point. */
import type { Asked } from "../fleet/asked.ts";
import type { Protection } from "../fleet/protection.ts";
import { sameResourceId } from "../fleet/resource-id.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import type { CreateOperation } from "../operations/operation.ts";
import type { RequestedConsistency } from "../policy/policy.ts";
import { crashConsistencyCaveat } from "./crash-consistency-caveat.ts";
import { pointName } from "./slot.ts";

/** Long enough for throttling by the hour, short enough that a lost operation does not block its VM for a day. */
const CREATE_DEADLINE = 6 * 3_600_000;

/**
 * The collection of a VM's restore points, beside the VM. Its name holds the VM's GUID, since a VM that is
 * re-created under the same name needs another collection: a collection's source cannot change. `region`: for those
 * that are made straight in another region.
 */
export function collectionIdFor(vm: VirtualMachine, region?: string): string {
  const group = vm.id.slice(0, vm.id.search(/\/providers\//i));
  const name = `rpc-${vm.name}-${vm.vmId.slice(0, 8)}`;
  const id = `${group}/providers/Microsoft.Compute/restorePointCollections/${name}`;
  return region === undefined ? id : `${id}-in-${region}`;
}

/** The attempt that is under way, if there is one, with what was `asked` for if it is on demand. */
export function attemptOf(
  protection: Protection,
  vm: VirtualMachine,
  now: Date,
  asked: Asked = {},
): { operation: CreateOperation; point: Point } | undefined {
  const [slot] = protection.openSlots;
  if (slot?.operation === undefined) return undefined;
  const collectionId = collectionIdFor(vm, slot.region);
  const location = slot.region ?? vm.location;
  const name = pointName(slot.slot, slot.attempt);
  const target = `${collectionId}/restorePoints/${name}`;
  const excludeDiskIds = slot.excludeDisks.map(({ id }) => id);
  const known = protection.collectionId ?? "";
  const operation: CreateOperation = {
    id: slot.operation,
    vm: protection.vm,
    kind: "createRestorePoint",
    target,
    point: name,
    slot: slot.slot,
    request: {
      collection: { id: collectionId, location, sourceId: vm.id },
      createCollection: !sameResourceId(known, collectionId),
      ...(slot.consistency === "CrashConsistent" ? { consistencyMode: "CrashConsistent" } : {}),
      excludeDiskIds,
      disks: includedDisks(vm, excludeDiskIds),
      ...unrecordedInterface(protection, vm),
    },
    state: "Planned",
    look: 0,
    transientErrors: 0,
    createdAt: now.toISOString(),
    deadlineAt: new Date(now.getTime() + CREATE_DEADLINE).toISOString(),
    ...(slot.trace === undefined ? {} : { trace: slot.trace }),
  };
  const point: Point = {
    vm: protection.vm,
    name,
    slot: slot.slot,
    attempt: slot.attempt,
    at: slot.at,
    vmId: vm.vmId,
    location,
    cause: slot.cause,
    policies: slot.policies,
    ...(slot.replaces ? { replaces: slot.replaces } : {}),
    ...asked,
    state: "Creating",
    restorePointId: target,
    operation: slot.operation,
    consistencyRequested: slot.consistency,
    ...caveatOf(slot.consistency, vm, excludeDiskIds),
    disks: operation.request.disks.map(({ id, ...disk }) => ({ ...disk, diskId: id })),
    excludedDisks: slot.excludeDisks,
    requestedAt: now.toISOString(),
  };
  return { operation, point };
}

function unrecordedInterface(
  { networkPlaces = [] }: Protection,
  { networkInterfaceId: id }: VirtualMachine,
): Pick<CreateOperation["request"], "networkInterfaceId"> {
  const isRecorded = id === undefined || networkPlaces.some((each) => sameResourceId(each.id, id));
  return isRecorded ? {} : { networkInterfaceId: id };
}

function caveatOf(
  consistency: RequestedConsistency,
  vm: VirtualMachine,
  excludeDiskIds: readonly string[],
): Pick<Point, "caveat"> {
  if (consistency !== "CrashConsistent") return {};
  const disks = vm.disks.filter(({ id = "" }) => !excludeDiskIds.includes(id));
  const caveat = crashConsistencyCaveat(vm, disks);
  return caveat === undefined ? {} : { caveat };
}

const includedDisks = (vm: VirtualMachine, excludeDiskIds: readonly string[]) =>
  vm.disks.flatMap(({ id, name, lun }) =>
    id === undefined || excludeDiskIds.includes(id)
      ? []
      : [{ id, name, ...(lun === undefined ? {} : { lun }) }],
  );
