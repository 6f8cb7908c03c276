/**
 * The end of an operation, written in an order that a crash anywhere can repeat: the records that it is about, the
 * operation itself, and only then the row that the sweep goes by.
 */
import { protectionKey, waitsForPlan } from "../fleet/protection.ts";
import { settleGrantAccess, settleRevocation } from "../grants/settle-access.ts";
import { settleStep } from "../restores/settle-step.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Fields, Log } from "../telemetry.ts";
import { activeKey } from "./active-operation.ts";
import { remedyFor } from "./arm-error.ts";
import { dueAt } from "./due.ts";
import { endCopy } from "./endings/end-copy.ts";
import { endCreation } from "./endings/end-creation.ts";
import { endDeletion } from "./endings/end-deletion.ts";
import type { EndDeps, Ending } from "./endings/ending.ts";
import { kindOf } from "./kinds/kind-of.ts";
import { type FollowUp, mergeFollowUps } from "./messages.ts";
import { isEnded, type Operation, operationKey, type RestoreOperation } from "./operation.ts";
import { end } from "./operation-moves.ts";

export async function endOperation(
  deps: EndDeps,
  operation: Operation,
  outcome: Ending,
  log: Log,
): Promise<FollowUp> {
  const { tables, now } = deps;
  // What mends a restore point does not mend a step of a restore.
  const ending = isRestoreStep(operation) ? withoutAdvice(outcome) : withAdvice(outcome);
  const { follows = {}, told } = await endRecords(deps, operation, ending, log);
  const error = ending.kind === "failed" ? ending.error : undefined;
  const state = ending.kind === "failed" ? "Failed" : "Succeeded";
  let first = false;
  await changeRecord(tables.operations, operationKey(operation.id), (current) => {
    first = !isEnded(current);
    return first ? end(current, state, now(), error) : undefined;
  });
  if (first) logEnd(log, operation, ending, told);
  return mergeFollowUps([follows, await clearUp(deps, operation)]);
}

/** What follows a terminal operation. Repeating it is harmless. */
export async function clearUp(
  { tables, now, notifications }: EndDeps,
  operation: Operation,
): Promise<FollowUp> {
  const stored = await tables.protections.get(protectionKey(operation.vm));
  const protection = stored?.record;
  const [first] = protection?.openSlots ?? [];
  if (first && !first.operation) {
    await tables.due.upsert(dueAt(operation.vm, new Date(first.notBefore)));
  }
  if (isTold(operation)) await notifications?.tell({ of: "operation", operation: operation.id });
  await tables.active.remove(activeKey(operation.id));
  const vms = [{ vm: operation.vm }];
  return {
    ...(protection && waitsForPlan(protection, now()) ? { plan: vms } : {}),
    // A new restore point makes old ones superfluous, wants a copy, or failed and is to be cleaned up.
    ...(protection && changesCatalogue(operation) ? { points: vms } : {}),
  };
}

const changesCatalogue = ({ kind }: Operation): boolean =>
  kind === "createRestorePoint" || kind === "copyRestorePoint";

/** What becomes of a grant, or a restore, is told by its own record. */
const isTold = (operation: Operation): boolean =>
  !("grant" in operation.request) && !isRestoreStep(operation);

const isRestoreStep = (operation: Operation): operation is RestoreOperation =>
  "restore" in operation.request;

function withoutAdvice(ending: Ending): Ending {
  if (ending.kind === "succeeded") return ending;
  const { code, message } = ending.error;
  return { ...ending, error: { code, message } };
}

function withAdvice(ending: Ending): Ending {
  if (ending.kind === "succeeded") return ending;
  const { advice } =
    ending.again === "later"
      ? { advice: "Azure did not answer as it should; it is tried again." }
      : remedyFor(ending.error);
  return { ...ending, error: { advice, ...ending.error } };
}

interface Ended {
  readonly follows?: FollowUp;
  /** What the line of the log has to say of it besides. */
  readonly told?: Fields;
}

async function endRecords(
  deps: EndDeps,
  operation: Operation,
  ending: Ending,
  log: Log,
): Promise<Ended> {
  switch (operation.kind) {
    case "createRestorePoint":
      return { told: await endCreation(deps, operation, ending) };
    case "copyRestorePoint":
      return { told: await endCopy(deps, operation, ending) };
    case "deleteRestorePoint":
      await endDeletion(deps, operation, ending);
      return {};
    case "grantAccess":
      return { follows: await settleGrantAccess(deps, operation, ending, log) };
    case "revokeAccess":
      return { follows: await settleRevocation(deps, operation, ending, log) };
    case "checkRestore":
    case "createDisk":
    case "createNetworkInterface":
    case "createVirtualMachine":
    case "deleteRestored":
      return { follows: await settleStep(deps, operation, ending, log) };
    default:
      return operation satisfies never;
  }
}

function logEnd(log: Log, operation: Operation, ending: Ending, told: Fields = {}): void {
  const { id, vm, point, kind } = operation;
  const { events } = kindOf(operation);
  const region = operation.kind === "createRestorePoint" ? undefined : operation.region;
  const fields = { vm, point, region, operation: id, kind };
  if (ending.kind === "succeeded") {
    const consistencyMode = ending.restorePoint?.consistencyMode;
    const disks = ending.restorePoint?.disks.length;
    log.info(events.succeeded, { ...fields, consistencyMode, disks, ...told });
  } else {
    const { code, message, advice } = ending.error;
    log.warn(events.failed, { ...fields, code, message, advice });
  }
}
