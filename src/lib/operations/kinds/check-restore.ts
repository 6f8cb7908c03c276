/** Asks Azure whether a restore can be carried out as a whole, and writes down what it says. Makes nothing. */

import { vmNameOf } from "../../fleet/vm-key.ts";
import { auditRequest } from "../../restores/audit-restore.ts";
import { checkRestore as check } from "../../restores/check-restore.ts";
import { type Restore, type RestoreProblem, restoreKey } from "../../restores/restore.ts";
import { checked as passed, refused } from "../../restores/restore-moves.ts";
import { isOnItsWayOut } from "../../restores/restore-source.ts";
import { changeRecord } from "../../state/change-record.ts";
import type { CheckRestoreOperation } from "../operation.ts";
import { ulidOfOperation } from "../operation-id.ts";
import { budgetFor } from "../pacer.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";

export const checkRestore: OperationKind<CheckRestoreOperation> = {
  events: { submitted: "restoreChecked", succeeded: "restoreChecked", failed: "restoreStepFailed" },
  firstWait: 1000,
  longestWait: 30_000,
  // Nothing but reads: it may be done again as soon as nobody can be at it.
  leaseMs: 30_000,
  endsWithStatus: true,
  budget: ({ vm }) => budgetFor("checkRestore", vmNameOf(vm).subscriptionId, "all"),
  submit,
  find: async (): Promise<Found> => ({ kind: "absent", error: lost }),
};

const lost = { code: "CheckLost", message: "What Azure says of the restore is not known." };

async function submit(
  surroundings: Surroundings,
  { id, request }: CheckRestoreOperation,
): Promise<Submitted> {
  const { tables, now } = surroundings;
  const key = restoreKey(request.restore);
  const restore = (await tables.restores.get(key))?.record;
  if (restore === undefined || !isWaiting(restore, ulidOfOperation(id))) return { kind: "done" };
  const checked = await check(surroundings, restore);
  if (checked.kind !== "checked") return checked;
  // A deletion looks for restores that are on record, and this one is: so one of the two sees the other.
  const leaving = (await isOnItsWayOut({ tables }, restore)) ? [beingDeleted] : [];
  // Much may have happened since it was asked for.
  const barred = (await mayRestore(surroundings, restore)) ? [] : [notAllowed];
  const problems = [...barred, ...leaving, ...checked.problems];
  const [first] = problems;
  if (first === undefined) await auditRequest({ tables }, restore);
  await changeRecord(tables.restores, key, (current) => {
    if (!isWaiting(current, ulidOfOperation(id))) return undefined;
    if (first) return refused(current, { error: errorOf(first), problems }, now());
    return passed(current, checked.restore.network);
  });
  return { kind: "done" };
}

const mayRestore = ({ mayRead }: Surroundings, { by, partner, vm }: Restore): Promise<boolean> =>
  mayRead({ id: by.id, partner }, vm, "restores");

const isWaiting = ({ state, check: operation }: Restore, ulid: string): boolean =>
  state === "Checking" && operation === ulid;

const errorOf = ({ code, message }: RestoreProblem) => ({ code, message });

const notAllowed: RestoreProblem = {
  code: "Forbidden",
  message: "Whoever asked for it may not restore this VM any more.",
  target: "kind",
};

const beingDeleted: RestoreProblem = {
  code: "RestorePointBeingDeleted",
  message: "It is about to be deleted.",
  target: "point",
};
