/**
 * A restore point on demand, also of a VM that nothing protects. Accepted is what is on record:
 *
 *     record ── due row ── slot on the VM's record ── plan, as for any slot
 *
 * Whatever dies in between is taken up by the upkeep of the VM, which the due row brings about.
 */
import type { Actor } from "../audit/audit-entry.ts";
import { dueAt } from "../operations/due.ts";
import type { FollowUp } from "../operations/messages.ts";
import { type OperationId, vmOfOperation } from "../operations/operation-id.ts";
import { MINUTE } from "../policy/duration.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { type CarryOutDeps, carryOut } from "./carry-out.ts";
import { type KnowVmDeps, knowVm } from "./know-vm.ts";
import type { PointRequest } from "./point-request.ts";
import { type PointRefusal, type RefusePointDeps, refusePoint } from "./refuse-point.ts";
import { type CreateRequest, requestKey } from "./request-record.ts";
import { requestedSlot } from "./slot.ts";

export interface RequestPointDeps extends CarryOutDeps, KnowVmDeps, RefusePointDeps {
  readonly tables: CarryOutDeps["tables"] & RefusePointDeps["tables"] & Pick<Tables, "due">;
}

/** Who asks, and by which request. */
export interface Asking {
  /** Names the VM. The same id again is the same request. */
  readonly id: OperationId;
  readonly by: Actor;
  readonly correlationId: string;
}

export type PointRequested =
  | {
      readonly kind: "accepted";
      readonly request: CreateRequest;
      readonly followUp: FollowUp;
    }
  | PointRefusal;

const TAKEN_UP_AFTER = MINUTE;

export async function requestPoint(
  deps: RequestPointDeps,
  asking: Asking,
  wanted: PointRequest,
  log: Log,
): Promise<PointRequested> {
  const { tables, now } = deps;
  const vm = vmOfOperation(asking.id);
  const known = (await tables.requests.get(requestKey(asking.id)))?.record;
  const request = known ?? recordOf(asking, wanted, now());
  if (known === undefined) {
    const reading = await knowVm(deps, vm);
    const refusal = await refusePoint(deps, reading);
    if (refusal) return refusal;
    const takenUp = new Date(now().getTime() + TAKEN_UP_AFTER);
    await tables.due.upsert(dueAt(vm, takenUp, "points"));
    if ((await tables.requests.insert(request)) === "exists") {
      return await requestPoint(deps, asking, wanted, log);
    }
    log.info("restorePointRequested", { vm, slot: request.slot, operation: request.id });
  }
  const carried = await carryOut(deps, request);
  return { kind: "accepted", request: carried, followUp: { plan: [{ vm }] } };
}

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
    },
    ...(legalHold === undefined ? {} : { holdReason: legalHold.reason }),
    by,
    correlationId,
    requestedAt: now.toISOString(),
  };
}
