import { changeRecord } from "../state/change-record.ts";
import { passKey } from "./pass.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";

/** For whoever watches the pass: how much the catalogue lacked. */
export const countAdopted = async (
  { deps, message }: ReconcileScope,
  count: number,
): Promise<void> => {
  await changeRecord(deps.tables.passes, passKey(message.subscriptionId), (pass) => ({
    ...pass,
    adopted: (pass.adopted ?? 0) + count,
  }));
};
