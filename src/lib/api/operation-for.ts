import type { Operation } from "../operations/operation.ts";
import type { Caller } from "./caller.ts";
import { operationResource } from "./shapes/operation.ts";
import { withheld } from "./shapes/restore.ts";

/** An operation as the caller may read it: of a step of a restore a partner does not get Azure's own words. */
export function operationFor({ partner }: Caller, operation: Operation) {
  const resource = operationResource(operation);
  const { error } = operation;
  return partner && error && "restore" in operation.request
    ? { ...resource, error: withheld(error) }
    : resource;
}
