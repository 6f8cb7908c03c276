/** A restore point may be asked for of a VM that nothing protects, and that is not on record yet. */
import { type Protection, protectionKey } from "../fleet/protection.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { Arm, ArmFailure } from "../operations/arm.ts";
import { unprotected } from "../plan/plan-protection.ts";
import type { Tables } from "../state/tables.ts";

export interface KnowVmDeps {
  readonly tables: Pick<Tables, "protections">;
  readonly arm: Pick<Arm, "getVirtualMachine">;
  readonly now: () => Date;
}

export type Known =
  | { readonly kind: "known"; readonly protection: Protection; readonly isNew: boolean }
  | ArmFailure;

/** The record of the VM; one that has none yet is read in Azure, and recorded as not protected. */
export async function knowVm({ tables, arm, now }: KnowVmDeps, vm: VmKey): Promise<Known> {
  const stored = await tables.protections.get(protectionKey(vm));
  if (stored) return { kind: "known", protection: stored.record, isNew: false };
  const reading = await arm.getVirtualMachine(vm);
  if (reading.kind !== "found") return reading;
  const protection = { ...unprotected(vm, reading.vm), updatedAt: now().toISOString() };
  if ((await tables.protections.insert(protection)) === "exists") {
    // Somebody else got to know it meanwhile.
    return await knowVm({ tables, arm, now }, vm);
  }
  return { kind: "known", protection, isNew: true };
}
