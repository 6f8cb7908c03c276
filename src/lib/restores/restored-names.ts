/** The names of what a restore makes, and whether Azure allows them. */
import { nameOfResource } from "../fleet/resource-id.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { shortIdOf } from "./restore.ts";

const LONGEST = 80;

/** Fills in a pattern. A disk's or VM's long name gives way, so that the rest stays as it was asked for. */
export function filledIn(
  pattern: string,
  { disk, vm, lun, id }: { disk: string; vm: string; lun: number | undefined; id: OperationId },
): string {
  const short = { lun: lun === undefined ? "os" : String(lun), id: shortIdOf(id) };
  const fixed = pattern.replace(/\{(lun|id)\}/g, (_, name: "lun" | "id") => short[name]);
  const variable = fixed.match(/\{(?:disk|vm)\}/g)?.length ?? 0;
  const room = LONGEST - fixed.replace(/\{(?:disk|vm)\}/g, "").length;
  const each = variable === 0 ? 0 : Math.max(1, Math.floor(room / variable));
  const names = { disk: disk.slice(0, each), vm: vm.slice(0, each) };
  return fixed.replace(/\{(disk|vm)\}/g, (_, name: "disk" | "vm") => names[name]);
}

/** Azure's rule for disks and network interfaces. */
export const isResourceName = (name: string): boolean =>
  name.length <= LONGEST && /^[a-zA-Z0-9]([\w.-]*\w)?$/.test(name);

/**
 * Whether nobody else can have the name: then it needs no look before it is taken. Others may be somebody's own, and
 * a PUT on what is there would change it.
 */
export const isItsOwn = (resourceId: string, id: OperationId): boolean =>
  nameOfResource(resourceId).toLowerCase().includes(shortIdOf(id));
