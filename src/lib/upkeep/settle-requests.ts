/**
 * What became of requests, before anything that they led to is touched: those that were accepted and not carried out
 * are, those that have come to something have it written down, and those that ended long ago are forgotten.
 */
import { protectionKey, waitsForPlan } from "../fleet/protection.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { DelayedMessages } from "../operations/messages.ts";
import { type CarryOutDeps, carryOut, settle } from "../plan/carry-out.ts";
import { type RequestRecord, requestTable } from "../plan/request-record.ts";
import { type RequestStatusDeps, statusOf } from "../plan/request-status.ts";
import { allIn, partition } from "../state/entity-table.ts";
import { KEPT_FOR_MS } from "./forget-operations.ts";

export interface SettleRequestsDeps extends CarryOutDeps, RequestStatusDeps {
  readonly tables: CarryOutDeps["tables"] & RequestStatusDeps["tables"];
  readonly delayed: Pick<DelayedMessages, "planVm">;
}

export async function settleRequests(deps: SettleRequestsDeps, vm: VmKey): Promise<void> {
  const { tables, delayed, now } = deps;
  const requests = await allIn(tables.requests, partition(vm));
  let isOpen = false;
  for (const request of requests) {
    const carried = await carryOut(deps, request);
    const { outcome, settledAt = outcome?.endedAt } = await settleOne(deps, carried);
    isOpen ||= outcome === undefined;
    const until = now().getTime() - KEPT_FOR_MS;
    if (settledAt !== undefined && Date.parse(settledAt) <= until) {
      await tables.requests.remove(requestTable.keyOf(request));
    }
  }
  if (!isOpen) return;
  // The message that was to follow the request may be lost, with the process that was to send it.
  const protection = (await tables.protections.get(protectionKey(vm)))?.record;
  if (protection && waitsForPlan(protection, now())) await delayed.planVm({ vm }, 0);
}

/** The record as it is afterwards: without an outcome while it is under way. */
async function settleOne(deps: SettleRequestsDeps, request: RequestRecord): Promise<RequestRecord> {
  if (request.outcome !== undefined) return request;
  const { status, ...came } = await statusOf(deps, request);
  if (status === "NotStarted" || status === "Running") return request;
  const endedAt = came.endedAt ?? deps.now().toISOString();
  return await settle(deps, request, { ...came, status, endedAt });
}
