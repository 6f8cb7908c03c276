/**
 * Where scope is enforced: whatever a request names goes through here before anything is looked up. What the caller
 * may not see, what cannot be a name and what is not there have one answer, so that nobody learns what exists.
 */
import { type VmKey, vmKeySchema } from "../fleet/vm-key.ts";
import { type OperationId, operationIdSchema, vmOfOperation } from "../operations/operation-id.ts";
import { notFound } from "./api-error.ts";
import { type Caller, maySee } from "./caller.ts";

/** `{vm}` of a route, in any casing. Throws 404. */
export function visibleVm(caller: Caller, text: string | undefined): VmKey {
  const vm = vmKeySchema.safeParse(text?.toLowerCase()).data;
  if (vm === undefined || !maySee(caller, vm)) throw notFound();
  return vm;
}

/** `{id}` of an operation. Throws 404. */
export function visibleOperation(caller: Caller, text: string | undefined): OperationId {
  const id = operationIdSchema.safeParse(text).data;
  if (id === undefined || !maySee(caller, vmOfOperation(id))) throw notFound();
  return id;
}
