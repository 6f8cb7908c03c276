/**
 * Where scope is enforced: whatever a path names goes through here before anything is looked up. What the caller
 * may not see, what cannot be a name and what is not there have one answer, so that nobody learns what exists.
 */
import type { VmKey } from "../fleet/vm-key.ts";
import { type OperationId, vmOfOperation } from "../operations/operation-id.ts";
import { notFound } from "./api-error.ts";
import { type Caller, maySee } from "./caller.ts";

/** What a path can name that is about one VM. */
interface Named {
  readonly vm?: VmKey;
  readonly operation?: OperationId;
}

/** Throws 404 unless the caller may see the VM that the path is about; a path about none is for anybody. */
export function demandVisible(caller: Caller, { vm, operation }: Named): void {
  const named = vm ?? (operation && vmOfOperation(operation));
  if (named !== undefined && !maySee(caller, named)) throw notFound();
}
