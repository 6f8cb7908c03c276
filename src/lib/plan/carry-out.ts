/**
 * Carries an accepted request out as far as the records go; the rest follows from them. Repeated by whoever made the
 * request, and by the upkeep of its VM, until it is done.
 */
import { appendAudit } from "../audit/append-audit.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";
import { type PlaceCopyDeps, placeCopy } from "./place-copy.ts";
import { type PlaceSlotDeps, placeSlot } from "./place-slot.ts";
import { type RequestOutcome, type RequestRecord, requestKey } from "./request-record.ts";

export interface CarryOutDeps extends PlaceSlotDeps, PlaceCopyDeps {
  readonly tables: PlaceSlotDeps["tables"] & Pick<Tables, "requests" | "audit">;
}

/** The record as it is afterwards. */
export async function carryOut(deps: CarryOutDeps, request: RequestRecord): Promise<RequestRecord> {
  if (request.placedAt !== undefined || request.outcome !== undefined) return request;
  await auditRequest(deps, request);
  const isCopy = request.kind === "copyRestorePoint";
  const placed = isCopy ? await placeCopy(deps, request) : await placeSlot(deps, request);
  const at = deps.now().toISOString();
  if (placed === "gone") {
    const error = isCopy ? pointGone : vmGone;
    return await settle(deps, request, { status: "Canceled", error, endedAt: at });
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
  const { id, requestedAt: at, by: actor, correlationId, vm } = request;
  const asked =
    request.kind === "copyRestorePoint"
      ? ({ action: "copyRequested", point: request.point, region: request.region } as const)
      : ({ action: "pointRequested", point: request.slot, reason: request.holdReason } as const);
  const entry = { id: `${id}!${asked.action}`, at, actor, correlationId, vm };
  await appendAudit({ tables }, { ...entry, ...asked });
}

export const vmGone = {
  code: "VmDeleted",
  message: "The VM is deleted; no restore point of it can be made any more.",
};

export const pointGone = {
  code: "RestorePointDeleted",
  message: "The restore point is deleted, or about to be.",
};
