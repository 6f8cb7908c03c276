/** Makes the records of an operation from the record that has decided on it. */
import type { Tables } from "../state/tables.ts";
import { activeOperationOf } from "./active-operation.ts";
import { type FollowUp, inTraceOf } from "./messages.ts";
import { type Operation, operationKey } from "./operation.ts";

export interface RecordOperationDeps {
  readonly tables: Pick<Tables, "operations" | "active">;
}

/** Makes the operation once; asks for its start as often as it is found Planned. */
export async function recordOperation(
  { tables }: RecordOperationDeps,
  operation: Operation,
): Promise<FollowUp> {
  const existing = await tables.operations.get(operationKey(operation.id));
  if (existing === undefined) {
    await tables.active.upsert(activeOperationOf(operation));
    await tables.operations.insert(operation);
  } else if (existing.record.state !== "Planned" || existing.record.startAt !== undefined) {
    return {};
  }
  const traced = inTraceOf(existing?.record ?? operation);
  return { start: [{ operation: operation.id, ...traced }] };
}
