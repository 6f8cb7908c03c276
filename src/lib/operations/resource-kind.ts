/** The kinds of resources that restores make, told by the id. */
import { parseResourceId } from "../fleet/resource-id.ts";

export type ResourceKind = "disk" | "networkInterface" | "virtualMachine";

const KINDS = new Map<string | undefined, ResourceKind>([
  ["microsoft.compute/disks", "disk"],
  ["microsoft.network/networkinterfaces", "networkInterface"],
  ["microsoft.compute/virtualmachines", "virtualMachine"],
]);

/** Throws for anything else: a bug of ours, since only what a restore has named is asked for. */
export function resourceKindOf(id: string): ResourceKind {
  const kind = KINDS.get(parseResourceId(id)?.type.toLowerCase());
  if (kind === undefined) throw new Error(`Not a disk, a network interface or a VM: ${id}`);
  return kind;
}
