/**
 * Carries a request out as far as the records go; the rest follows from them. Repeated by whoever made the request, and
 * by the upkeep of its VM, until it is done.
 *
 * When so many requests of a VM wait that there is no room for one more, it is refused, and whoever made it is told. Only
 * the one that recorded it refuses it, as long as nobody else has taken it up, so that nothing is placed that was refused:
 *
 *     A records ── A finds no room ───────────────────────── A cannot refuse: it is accepted, and waits
 *                                   B takes it up ── B finds room, and places it
 */
import { appendAudit } from "../audit/append-audit.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";
import { type PlaceCopyDeps, placeCopy } from "./place-copy.ts";
import { MOST_WAITING, type PlaceSlotDeps, placeSlot } from "./place-slot.ts";
import { type RequestOutcome, type RequestRecord, requestKey } from "./request-record.ts";

export interface CarryOutDeps extends PlaceSlotDeps, PlaceCopyDeps {
  readonly tables: PlaceSlotDeps["tables"] & Pick<Tables, "requests" | "audit">;
}

/** Carries out what somebody else has recorded. The record as it is afterwards. */
export async function carryOut(deps: CarryOutDeps, request: RequestRecord): Promise<RequestRecord> {
  if (isCarriedOut(request)) return request;
  const takenUpAt = deps.now().toISOString();
  const taken = await change(deps, request.id, (record) =>
    isCarriedOut(record) || record.takenUpAt !== undefined ? undefined : { ...record, takenUpAt },
  );
  return await place(deps, taken);
}

const isCarriedOut = ({ placedAt, outcome }: RequestRecord): boolean =>
  placedAt !== undefined || outcome !== undefined;

/** Carries out what the caller has just recorded. Refuses it when there is no room for it. */
export async function place(deps: CarryOutDeps, request: RequestRecord): Promise<RequestRecord> {
  if (isCarriedOut(request)) return request;
  await auditRequest(deps, request);
  const isCopy = request.kind === "copyRestorePoint";
  const placed = isCopy ? await placeCopy(deps, request) : await placeSlot(deps, request);
  const at = deps.now().toISOString();
  if (placed === "gone") {
    const error = isCopy ? pointGone : vmGone;
    return await settle(deps, request, { status: "Canceled", error, endedAt: at });
  }
  if (placed === "full") {
    const outcome = { status: "Failed", error: tooManyWait, endedAt: at } as const;
    return await change(deps, request.id, (record) =>
      isCarriedOut(record) || record.takenUpAt !== undefined ? undefined : { ...record, outcome },
    );
  }
  return await change(deps, request.id, (record) =>
    record.placedAt === undefined ? { ...record, placedAt: at } : undefined,
  );
}

/** There was no room for it. When it is repeated it is tried anew. */
export const isRefused = ({ outcome }: RequestRecord): boolean =>
  outcome?.error?.code === tooManyWait.code;

/** What the request came to, written once. */
export const settle = (
  deps: CarryOutDeps,
  { id }: RequestRecord,
  outcome: RequestOutcome,
): Promise<RequestRecord> => {
  const settledAt = deps.now().toISOString();
  return change(deps, id, (record) =>
    record.outcome === undefined ? { ...record, outcome, settledAt } : undefined,
  );
};

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

const tooManyWait = {
  code: "TooManyRequestsOfVm",
  message: `${MOST_WAITING} requests of this VM wait already.`,
};

export const pointGone = {
  code: "RestorePointDeleted",
  message: "The restore point is deleted, or about to be.",
};
