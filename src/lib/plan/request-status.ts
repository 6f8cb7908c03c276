/** How far a request is: computed from the records that it led to, until its outcome is written down. */
import { isCopyable } from "../fleet/copyable.ts";
import { isBeingDeleted } from "../fleet/deletion.ts";
import { protectionKey } from "../fleet/protection.ts";
import { pointKey } from "../fleet/restore-point.ts";
import { copiesOf } from "../fleet/restore-point-copy.ts";
import type { ArmProblem } from "../operations/arm-problem.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { allIn } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import { pointGone, vmGone } from "./carry-out.ts";
import { pointsOfSlot } from "./place-slot.ts";
import {
  type CopyRequest,
  type CreateRequest,
  type RequestRecord,
  requestKey,
} from "./request-record.ts";

export interface RequestStatusDeps {
  readonly tables: Pick<Tables, "requests" | "protections" | "points" | "copies">;
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
  return request.kind === "copyRestorePoint"
    ? await statusOfCopy(deps, request)
    : await statusOfSlot(deps, request);
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
  const attempts = await allIn(tables.points, pointsOfSlot(vm, slot));
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

/** Once it has begun, its row says how far it is. */
async function statusOfCopy(
  { tables }: RequestStatusDeps,
  { vm, point: name, region }: CopyRequest,
): Promise<RequestStatus> {
  const copies = await allIn(tables.copies, copiesOf(vm));
  const copy = copies.find((each) => each.point === name && each.region === region);
  if (copy?.state === "Copying") return { status: "Running", restorePoint: name };
  if (copy) {
    const { state: status, error, endedAt } = copy;
    return { status, restorePoint: name, error, endedAt };
  }
  const point = (await tables.points.get(pointKey(vm, name)))?.record;
  if (point === undefined || isBeingDeleted(point)) return { status: "Canceled", error: pointGone };
  return isCopyable(point, region, copies)
    ? { status: "NotStarted" }
    : { status: "Failed", error: outOfOrder };
}

export const outOfOrder = {
  code: "CopiesInOrder",
  message: "A newer restore point was copied to the region, and Azure copies them in order.",
};

const nothingLeft = {
  code: "NoRestorePoint",
  message: "There is no restore point of it, and no record why.",
};
