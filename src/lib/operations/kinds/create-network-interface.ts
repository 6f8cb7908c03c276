/** The network interface of a restored VM: a new one, since that of the source has the source's address. */
import { RESTORE_TAG, restoredId } from "../../restores/restore.ts";
import type { CreateNetworkInterfaceOperation } from "../operation.ts";
import type { OperationKind, Submitted, Surroundings } from "./operation-kind.ts";
import {
  findCreated,
  orLater,
  outOfDate,
  reasonAgainst,
  stepEvents,
  stepOf,
  writeBudget,
} from "./restore-step.ts";

export const createNetworkInterface: OperationKind<CreateNetworkInterfaceOperation> = {
  events: stepEvents,
  firstWait: 1000,
  // Somebody waits for it.
  longestWait: 10_000,
  endsWithStatus: true,
  budget: writeBudget,
  submit,
  find: findCreated,
};

async function submit(
  { tables, arm }: Surroundings,
  operation: CreateNetworkInterfaceOperation,
): Promise<Submitted> {
  const step = await stepOf(tables, operation);
  const network = step?.restore.network;
  if (step === undefined || network === undefined) return outOfDate;
  const { restore, resource } = step;
  const { location } = restore;
  const reason = await reasonAgainst(arm, operation);
  if (reason) return reason;
  const answer = await arm.putNetworkInterface({
    ...{ ...network, location, id: restoredId(restore, resource) },
    tags: { [RESTORE_TAG]: restore.id },
  });
  return orLater(answer);
}
