/** What a partner sees: subscriptions, resource groups, or single VMs. Decided from the VM's key alone, without a look-up. */
import * as z from "zod";
import { type VmKey, vmNameOf } from "../fleet/vm-key.ts";

/** As written; names are compared in lower case, as Azure compares them. */
export const scopeEntrySchema = z.object({
  subscriptionId: z.string(),
  /** Left out: the whole subscription. */
  resourceGroup: z.string().optional(),
  /** Left out: the whole resource group. */
  vm: z.string().optional(),
});
export type ScopeEntry = z.infer<typeof scopeEntrySchema>;

export function inScope(scope: readonly ScopeEntry[], vm: VmKey): boolean {
  const asked = vmNameOf(vm);
  const covers = (written: string | undefined, name: string): boolean =>
    written === undefined || written.toLowerCase() === name;
  return scope.some(
    (entry) =>
      covers(entry.subscriptionId, asked.subscriptionId) &&
      covers(entry.resourceGroup, asked.resourceGroup) &&
      covers(entry.vm, asked.name) &&
      // A VM has its name from its resource group; without one the entry would be about all of that name.
      (entry.vm === undefined || entry.resourceGroup !== undefined),
  );
}
