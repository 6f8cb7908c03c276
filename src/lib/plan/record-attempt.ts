/** Makes the records of an attempt: its restore point, its operation, and the VM as it is. */
import type { Protection } from "../fleet/protection.ts";
import type { RecordedVms } from "../fleet/recorded-vm.ts";
import type { LegalHold } from "../fleet/restore-point.ts";
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import { type AuditHoldDeps, auditHold } from "../holds/audit-hold.ts";
import type { LegalHolds } from "../holds/legal-holds.ts";
import { activeOperationOf } from "../operations/active-operation.ts";
import { inTraceOf, type StartOperationMessage } from "../operations/messages.ts";
import { type CreateOperation, operationKey } from "../operations/operation.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { attemptOf } from "./plan-operation.ts";
import { requestOf } from "./request-of.ts";
import type { CreateRequest } from "./request-record.ts";

export interface RecordAttemptDeps extends AuditHoldDeps {
  readonly tables: AuditHoldDeps["tables"] &
    Pick<Tables, "operations" | "points" | "active" | "requests">;
  readonly recordedVms: Pick<RecordedVms, "put">;
  readonly legalHolds: Pick<LegalHolds, "put">;
  readonly now: () => Date;
}

/**
 * Makes the records of the attempt, in any order and as often as needed: each is inserted once, and the operation's
 * state says whether its start is still to be asked for. Returns what asks for it.
 */
export async function recordAttempt(
  deps: RecordAttemptDeps,
  protection: Protection,
  vm: VirtualMachine,
  log: Log,
): Promise<StartOperationMessage | undefined> {
  const { tables, recordedVms, now } = deps;
  const request = await requestOf({ tables }, protection.openSlots[0]);
  const attempt = attemptOf(protection, vm, now(), request?.asked);
  if (attempt === undefined) return undefined;
  const { operation, point } = attempt;
  const existing = await tables.operations.get(operationKey(operation.id));
  const start = { operation: operation.id, ...inTraceOf(operation) };
  if (existing) return existing.record.state === "Planned" ? start : undefined;
  const legalHold = request && holdOf(request);
  // From the beginning, so that nothing is decided about what Azure makes before the hold is on it.
  if (legalHold) {
    const { since: at, reason } = legalHold;
    const target = { vm: operation.vm, point: point.name };
    await deps.legalHolds.put(target.vm, target.point, legalHold);
    await auditHold(deps, target, { action: "holdPlaced", at, reason }, request);
  }
  await Promise.all([
    recordedVms.put(operation.vm, point.name, {
      vmId: point.vmId,
      policies: point.policies,
      consistencyRequested: point.consistencyRequested,
      ...request?.asked,
      model: vm.model,
    }),
    tables.points.insert({ ...point, ...(legalHold ? { legalHold } : {}) }),
    // Before the operation: a row without its operation is swept away, an operation without its row would be lost.
    tables.active.upsert(activeOperationOf(operation)),
  ]);
  const inserted = await tables.operations.insert(operation);
  if (inserted !== "exists") logPlanned(log, operation);
  return start;
}

/** The same for a repeated step. */
const holdOf = ({ holdReason, by, requestedAt }: CreateRequest): LegalHold | undefined =>
  holdReason === undefined ? undefined : { reason: holdReason, by: by.id, since: requestedAt };

const logPlanned = (log: Log, { id, vm, point, request }: CreateOperation) =>
  log.info("restorePointPlanned", {
    vm,
    point,
    operation: id,
    consistency: request.consistencyMode ?? "ApplicationConsistent",
    excludedDisks: request.excludeDiskIds.length || undefined,
  });
