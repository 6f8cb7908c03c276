import { outOfScope } from "../partners/restore-scope.ts";
import type { Restore } from "../restores/restore.ts";
import type { Caller } from "./caller.ts";

/** Whether a restore of a VM that the caller sees is its business: one to elsewhere is not a partner's, unless it asked. */
export const concernsRestore = ({ id, partner }: Caller, restore: Restore): boolean =>
  partner === undefined ||
  restore.by.id === id ||
  outOfScope(partner.scope, restore.vm, { resourceGroup: restore.resourceGroup }) === undefined;
