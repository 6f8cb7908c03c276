/** A copy, on demand, of a restore point that is there. It waits for its turn as those of policies do. */
import { isCopyable } from "../fleet/copyable.ts";
import { isBeingDeleted } from "../fleet/deletion.ts";
import { type Point, pointKey } from "../fleet/restore-point.ts";
import { type Copy, copiesOf } from "../fleet/restore-point-copy.ts";
import type { FollowUp } from "../operations/messages.ts";
import { vmOfOperation } from "../operations/operation-id.ts";
import type { CopyRequest } from "../plan/request-record.ts";
import { outOfOrder } from "../plan/request-status.ts";
import { allIn } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { type AcceptDeps, type Asking, acceptedBefore, acceptRequest } from "./accept-request.ts";

export interface RequestCopyDeps extends AcceptDeps {
  readonly tables: AcceptDeps["tables"] & Pick<Tables, "copies">;
}

export type CopyRequested =
  | { readonly kind: "accepted"; readonly request: CopyRequest; readonly followUp: FollowUp }
  | { readonly kind: "notFound" }
  | { readonly kind: "refused"; readonly code: string; readonly message: string };

export async function requestCopy(
  deps: RequestCopyDeps,
  asking: Asking,
  { point: name, region }: { readonly point: string; readonly region: string },
  log: Log,
): Promise<CopyRequested> {
  const { tables, now } = deps;
  const vm = vmOfOperation(asking.id);
  const followUp = { points: [{ vm }] };
  const kind = "copyRestorePoint";
  const at = now().toISOString();
  const record = { ...asking, vm, kind, point: name, region, requestedAt: at } as const;
  const known = await acceptedBefore(deps, asking, kind);
  if (known) return { kind: "accepted", request: known, followUp };
  const point = (await tables.points.get(pointKey(vm, name)))?.record;
  if (point === undefined) return { kind: "notFound" };
  const copies = await allIn(tables.copies, copiesOf(vm));
  const copy = copies.find((each) => each.point === name && each.region === region);
  if (copy && copy.state !== "Failed" && !isBeingDeleted(copy)) {
    const request = await acceptRequest(deps, { ...record, ...whatIsThere(copy, at) }, kind);
    return { kind: "accepted", request, followUp: {} };
  }
  const refusal =
    refusalOf(point, region, copy) ?? (isCopyable(point, region, copies) ? undefined : outOfOrder);
  if (refusal) return { kind: "refused", ...refusal };
  const request = await acceptRequest(deps, record, kind);
  log.info("copyRequested", { vm, point: name, region, operation: request.id });
  return { kind: "accepted", request, followUp };
}

/** Nothing is left to do, or to wait for what is being made. Its own operation may be forgotten, or not be known. */
const whatIsThere = (
  { state, point: restorePoint }: Copy,
  at: string,
): Pick<CopyRequest, "placedAt" | "outcome"> => ({
  placedAt: at,
  ...(state === "Succeeded" ? { outcome: { status: state, restorePoint, endedAt: at } } : {}),
});

function refusalOf(
  point: Point,
  region: string,
  copy: Copy | undefined,
): { readonly code: string; readonly message: string } | undefined {
  if (point.state !== "Succeeded") {
    const message = `The restore point is ${point.state}; only one that succeeded can be copied.`;
    return { code: "RestorePointNotReady", message };
  }
  if (isBeingDeleted(point)) {
    return { code: "RestorePointDeleted", message: "The restore point is about to be deleted." };
  }
  if (point.location === region) {
    return { code: "SameRegion", message: `The restore point is in ${region} itself.` };
  }
  if (copy === undefined) return undefined;
  return isBeingDeleted(copy)
    ? { code: "CopyDeleted", message: "Its copy there is about to be deleted." }
    : { code: "CopyFailed", message: "Its copy there failed; copy a newer restore point." };
}
