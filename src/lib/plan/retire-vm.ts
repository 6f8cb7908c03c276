/**
 * A last restore point before a VM is deleted, since none can be made afterwards. It is a slot like any other, and is
 * kept by the floor of whatever becomes of the VM's restore points then.
 */
import { type Protection, protectionKey } from "../fleet/protection.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { RequestedConsistency } from "../policy/policy.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";
import { newSlot, withSlot } from "./open-slot.ts";
import { pointName, retireSlot } from "./slot.ts";

export interface RetireDeps {
  readonly tables: Pick<Tables, "protections">;
  readonly now: () => Date;
}

export type Retirement =
  | { readonly kind: "accepted"; readonly slot: string; readonly restorePoint: string }
  /** There is no record of the VM, or the VM is gone. */
  | { readonly kind: "notFound" }
  | { readonly kind: "gone" };

/** As consistent as can be had: a VM that does not run is no reason to have no last restore point. */
const CONSISTENCY: RequestedConsistency = "ApplicationThenCrashConsistent";

/** Asking twice within a minute, or while the last restore point is being made, gives the same one. */
export async function retireVm({ tables, now }: RetireDeps, vm: VmKey): Promise<Retirement> {
  const at = now();
  const retired = await changeRecord(tables.protections, protectionKey(vm), (protection) =>
    protection.status === "VmDeleted" || retiring(protection) || closedAs(protection, at)
      ? undefined
      : withLastSlot(protection, at),
  );
  if (retired === undefined) return { kind: "notFound" };
  if (retired.status === "VmDeleted") return { kind: "gone" };
  const open = retiring(retired);
  const slot = open?.slot ?? retireSlot(at);
  return { kind: "accepted", slot, restorePoint: pointName(slot, open?.attempt ?? 1) };
}

const retiring = ({ openSlots }: Protection) => openSlots.find(({ cause }) => cause === "retire");

const closedAs = ({ lastSlot }: Protection, at: Date): boolean => lastSlot?.slot === retireSlot(at);

function withLastSlot(protection: Protection, at: Date): Protection {
  const policies = protection.policies.map((name) => ({ name }));
  const slot = newSlot(retireSlot(at), "retire", at, policies, CONSISTENCY);
  return {
    ...protection,
    openSlots: withSlot(protection.openSlots, slot),
    updatedAt: at.toISOString(),
  };
}
