/**
 * A restore point on demand, also of a VM that nothing protects. Accepted is what is on record, and was not refused as the
 * slot was to be placed, where requests that come at once are counted:
 *
 *     record ── due row ── slot on the VM's record ── plan, as for any slot
 *
 * Whatever dies in between is taken up by the upkeep of the VM, which the due row brings about.
 */
import type { FollowUp } from "../operations/messages.ts";
import { vmOfOperation } from "../operations/operation-id.ts";
import { isRefused } from "../plan/carry-out.ts";
import { MOST_WAITING } from "../plan/place-slot.ts";
import type { CreateRequest } from "../plan/request-record.ts";
import { requestedSlot } from "../plan/slot.ts";
import type { Log } from "../telemetry.ts";
import { type AcceptDeps, type Asking, acceptedBefore, acceptRequest } from "./accept-request.ts";
import { type KnowVmDeps, knowVm } from "./know-vm.ts";
import type { PointRequest } from "./point-request.ts";
import { type PointRefusal, type RefusePointDeps, refusePoint } from "./refuse-point.ts";

export interface RequestPointDeps extends AcceptDeps, KnowVmDeps, RefusePointDeps {
  readonly tables: AcceptDeps["tables"] & RefusePointDeps["tables"];
}

export type PointRequested =
  | {
      readonly kind: "accepted";
      readonly request: CreateRequest;
      readonly followUp: FollowUp;
    }
  | PointRefusal;

const KIND = "createRestorePoint";

export async function requestPoint(
  deps: RequestPointDeps,
  asking: Asking,
  wanted: PointRequest,
  log: Log,
): Promise<PointRequested> {
  const vm = vmOfOperation(asking.id);
  const known = await acceptedBefore(deps, asking, KIND);
  if (known) return answerTo(known);
  const refusal = await refusePoint(deps, await knowVm(deps, vm));
  if (refusal) return refusal;
  const record = recordOf(asking, wanted, deps.now());
  const request = await acceptRequest(deps, record, KIND);
  const answer = answerTo(request);
  if (answer.kind === "accepted") {
    log.info("restorePointRequested", { vm, slot: request.slot, operation: request.id });
  }
  return answer;
}

const answerTo = (request: CreateRequest): PointRequested =>
  isRefused(request)
    ? { kind: "tooMany", most: MOST_WAITING }
    : { kind: "accepted", request, followUp: { plan: [{ vm: request.vm }] } };

function recordOf(
  { id, by, correlationId }: Asking,
  { consistency, excludeDisks, copies, region, keepFor, legalHold }: PointRequest,
  now: Date,
): CreateRequest {
  const copyTo = region === undefined ? copies : [region, ...copies];
  return {
    id,
    vm: vmOfOperation(id),
    kind: "createRestorePoint",
    slot: requestedSlot(now, id),
    ...(consistency === undefined ? {} : { consistency }),
    ...(excludeDisks === undefined ? {} : { excludeDisks }),
    asked: {
      ...(keepFor === undefined
        ? {}
        : { keepUntil: new Date(now.getTime() + keepFor).toISOString() }),
      ...(copyTo.length === 0 ? {} : { copyTo }),
      ...(region === undefined ? {} : { onlyIn: region }),
      ...(excludeDisks === undefined || excludeDisks.length === 0 ? {} : { partial: true }),
    },
    ...(legalHold === undefined ? {} : { holdReason: legalHold.reason }),
    by,
    correlationId,
    requestedAt: now.toISOString(),
  };
}
