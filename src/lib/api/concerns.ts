import { holderOfGrant } from "../grants/grant-id.ts";
import type { Operation } from "../operations/operation.ts";
import type { PartnerVerb } from "../partners/partner.ts";
import { type Caller, maySee, seesFleet } from "./caller.ts";

/** Whoever may ask for one of these may see how far it is, as may whoever reads the VM. */
const VERBS: Readonly<Partial<Record<Operation["kind"], PartnerVerb>>> = {
  createRestorePoint: "createRestorePoints",
  copyRestorePoint: "createRestorePoints",
  deleteRestorePoint: "deleteRestorePoints",
  checkRestore: "restores",
  createDisk: "restores",
  createNetworkInterface: "restores",
  createVirtualMachine: "restores",
  deleteRestored: "restores",
};

/** Whether an operation is the caller's business: what one partner may read is none of another's. */
export function concerns(caller: Caller, operation: Operation): boolean {
  if (seesFleet(caller)) return true;
  if (!maySee(caller, operation.vm)) return false;
  if (operation.kind === "grantAccess" || operation.kind === "revokeAccess") {
    return holderOfGrant(operation.request.grant) === caller.id;
  }
  const { verbs = [] } = caller.partner ?? {};
  return verbs.some((verb) => verb === "read" || verb === VERBS[operation.kind]);
}
