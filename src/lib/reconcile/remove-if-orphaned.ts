/**
 * Removes an empty collection of ours that nothing will be put into any more: its VM is gone, or bears another GUID and
 * has another collection. One request, whose outcome the collection's next turn sees.
 */
import { protectionKey } from "../fleet/protection.ts";
import { sameResourceId } from "../fleet/resource-id.ts";
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { ArmFailure, CollectionReading } from "../operations/arm.ts";
import { collectionIdFor } from "../plan/plan-operation.ts";
import { deletionsSwitch } from "../state/switches.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";

export async function removeIfOrphaned(
  scope: ReconcileScope,
  { id }: CollectionReading,
  vm: VmKey,
): Promise<ArmFailure | undefined> {
  const { arm, tables } = scope.deps;
  const protection = (await tables.protections.get(protectionKey(vm)))?.record;
  if (protection?.openSlots.some(({ operation }) => operation !== undefined)) return undefined;
  const reading = await arm.getVirtualMachine(vm);
  if (reading.kind !== "found" && reading.kind !== "notFound") return reading;
  if (reading.kind === "found" && isCollectionOf(reading.vm, id)) return undefined;
  return await removeOrphan(scope, id, vm);
}

/** Also one in another region. */
const isCollectionOf = (vm: VirtualMachine, id: string): boolean =>
  sameResourceId(collectionIdFor(vm), id.replace(/-in-[a-z0-9]+$/i, ""));

export async function removeOrphan(
  scope: ReconcileScope,
  id: string,
  vm: VmKey,
): Promise<ArmFailure | undefined> {
  const { arm, tables } = scope.deps;
  if ((await deletionsSwitch(tables)).value === "off") return undefined;
  await recordDrift(scope, { kind: "orphanedCollection", vm, about: id });
  const answer = await arm.deleteRestorePointCollection(id);
  return answer.kind === "throttled" ? answer : undefined;
}
