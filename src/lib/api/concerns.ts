import { holderOfGrant } from "../grants/grant-id.ts";
import type { Operation } from "../operations/operation.ts";
import { type Caller, maySee, seesFleet } from "./caller.ts";

/** Whether an operation is the caller's business: what one partner may read is none of another's. */
export function concerns(caller: Caller, operation: Operation): boolean {
  if (seesFleet(caller)) return true;
  if (!maySee(caller, operation.vm)) return false;
  return operation.kind === "grantAccess" || operation.kind === "revokeAccess"
    ? holderOfGrant(operation.request.grant) === caller.id
    : caller.partner?.verbs.includes("read") === true;
}
