/**
 * Where a VM is in the network, once for each of its interfaces: a VM that is rebuilt after it and its interface are gone
 * goes to the same subnet. Nothing depends on it otherwise, so what cannot be read now is read with the next restore
 * point.
 */
import { protectionKey } from "../fleet/protection.ts";
import { sameResourceId } from "../fleet/resource-id.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { ArmResources } from "../operations/arm-resources.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";

interface RecordNetworkPlaceDeps {
  readonly tables: Pick<Tables, "protections">;
  readonly arm: Pick<ArmResources, "getNetworkPlace">;
}

/** A VM that is made again and again gets another interface each time. */
const MOST_KEPT = 8;

/** `id`: ARM id of the network interface. */
export async function recordNetworkPlace(
  { tables, arm }: RecordNetworkPlaceDeps,
  vm: VmKey,
  id: string,
): Promise<void> {
  const reading = await arm.getNetworkPlace(id);
  if (reading.kind !== "found") return;
  await changeRecord(tables.protections, protectionKey(vm), (protection) => {
    const others = protection.networkPlaces?.filter((each) => !sameResourceId(each.id, id)) ?? [];
    const networkPlaces = [...others.slice(1 - MOST_KEPT), { id, ...reading.place }];
    return { ...protection, networkPlaces };
  });
}
