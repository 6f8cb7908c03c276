/** How far a request is: computed from the records that it led to, until its outcome is written down. */
import { protectionKey } from "../fleet/protection.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { ArmProblem } from "../operations/arm-problem.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { every } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import { vmGone } from "./carry-out.ts";
import { pointsOfSlot } from "./place-slot.ts";
import { type CreateRequest, type RequestRecord, requestKey } from "./request-record.ts";

export interface RequestStatusDeps {
  readonly tables: Pick<Tables, "requests" | "protections" | "points">;
}

export interface RequestStatus {
  readonly status: "NotStarted" | "Running" | "Succeeded" | "Failed" | "Canceled";
  /** Name of what was made. */
  readonly restorePoint?: string | undefined;
  /** Of the last attempt. */
  readonly error?: ArmProblem | undefined;
  readonly endedAt?: string | undefined;
}

/** Undefined: no request has this id, or it ended long ago. */
export async function pointRequestStatus(
  deps: RequestStatusDeps,
  id: OperationId,
): Promise<(RequestStatus & { readonly request: RequestRecord }) | undefined> {
  const request = (await deps.tables.requests.get(requestKey(id)))?.record;
  return request && { ...(await statusOf(deps, request)), request };
}

export async function statusOf(
  deps: RequestStatusDeps,
  request: RequestRecord,
): Promise<RequestStatus> {
  if (request.outcome !== undefined) return request.outcome;
  if (request.placedAt === undefined) return { status: "NotStarted" };
  return await statusOfSlot(deps, request);
}

/** The record of the VM is read first: a slot that is closed has all its restore points on record. */
async function statusOfSlot(
  { tables }: RequestStatusDeps,
  { vm, slot }: CreateRequest,
): Promise<RequestStatus> {
  const protection = (await tables.protections.get(protectionKey(vm)))?.record;
  const open = protection?.openSlots.find((each) => each.slot === slot);
  if (open) {
    const waits = open.operation === undefined && open.attempt === 1;
    return { status: waits ? "NotStarted" : "Running" };
  }
  const attempts: Point[] = [];
  for await (const point of every(tables.points, pointsOfSlot(vm, slot))) attempts.push(point);
  const good = attempts.find(({ state }) => state === "Succeeded");
  if (good) return { status: "Succeeded", restorePoint: good.name, endedAt: good.endedAt };
  if (attempts.some(({ state }) => state === "Creating")) return { status: "Running" };
  const last = attempts.sort((one, other) => one.attempt - other.attempt).at(-1);
  const closed = protection?.lastSlot?.slot === slot ? protection.lastSlot : undefined;
  const error = last?.error ?? closed?.error;
  if (error) return { status: "Failed", error, endedAt: last?.endedAt };
  return protection === undefined || protection.status === "VmDeleted"
    ? { status: "Canceled", error: vmGone }
    : { status: "Failed", error: nothingLeft };
}

const nothingLeft = {
  code: "NoRestorePoint",
  message: "There is no restore point of it, and no record why.",
};
