/**
 * Carries an accepted request out as far as the records go; the rest follows from them. Repeated by whoever made the
 * request, and by the upkeep of its VM, until it is done.
 */
import { appendAudit } from "../audit/append-audit.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";
import { type PlaceSlotDeps, placeSlot } from "./place-slot.ts";
import { type RequestOutcome, type RequestRecord, requestKey } from "./request-record.ts";

export interface CarryOutDeps extends PlaceSlotDeps {
  readonly tables: PlaceSlotDeps["tables"] & Pick<Tables, "requests" | "audit">;
}

/** The record as it is afterwards. */
export async function carryOut(deps: CarryOutDeps, request: RequestRecord): Promise<RequestRecord> {
  if (request.placedAt !== undefined || request.outcome !== undefined) return request;
  await auditRequest(deps, request);
  const placed = await placeSlot(deps, request);
  const at = deps.now().toISOString();
  if (placed === "gone") {
    return await settle(deps, request, { status: "Canceled", error: vmGone, endedAt: at });
  }
  return await change(deps, request.id, (record) =>
    record.placedAt === undefined ? { ...record, placedAt: at } : undefined,
  );
}

/** What the request came to, written once. */
export const settle = (
  deps: CarryOutDeps,
  { id }: RequestRecord,
  outcome: RequestOutcome,
): Promise<RequestRecord> =>
  change(deps, id, (record) => (record.outcome === undefined ? { ...record, outcome } : undefined));

async function change(
  { tables }: CarryOutDeps,
  id: OperationId,
  decide: (record: RequestRecord) => RequestRecord | undefined,
): Promise<RequestRecord> {
  const record = await changeRecord(tables.requests, requestKey(id), decide);
  if (record === undefined) throw new Error(`The request ${id} is not on record.`);
  return record;
}

async function auditRequest({ tables }: CarryOutDeps, request: RequestRecord): Promise<void> {
  const { id, requestedAt: at, by: actor, correlationId, vm, slot, holdReason: reason } = request;
  const action = "pointRequested";
  const entry = { id: `${id}!${action}`, at, action, actor, correlationId, vm } as const;
  await appendAudit({ tables }, { ...entry, point: slot, reason });
}

export const vmGone = {
  code: "VmDeleted",
  message: "The VM is deleted; no restore point of it can be made any more.",
};
