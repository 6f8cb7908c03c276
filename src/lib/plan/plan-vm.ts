/**
 * Plans one VM: read what is recorded, read the VM, decide, write by compare-and-set, make the records of the
 * attempt. Events are hints: whatever caused this, and however often, the outcome depends on the VM alone.
 *
 * The record is read before the VM, so that an answer older than what another function has written loses its race:
 *
 *     A reads record ── A reads VM (no tag) ─────────────────────────── A writes: conflict, reads both again
 *                          tag is set ── B reads both ── B writes
 */
import { type Protection, protectionKey } from "../fleet/protection.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { TellDeps } from "../notify/notifications.ts";
import { dueAt } from "../operations/due.ts";
import type { FollowUp, PlanVmMessage } from "../operations/messages.ts";
import type { Stored } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { isPostponed, type PacePlanDeps, postponeThrottled } from "./pace-reading.ts";
import { planDeletedVm } from "./plan-protection.ts";
import { type ReadVmDeps, readAndPlan, type VmPlan } from "./read-and-plan.ts";
import { type RecordAttemptDeps, recordAttempt } from "./record-attempt.ts";

export interface PlanVmDeps extends ReadVmDeps, RecordAttemptDeps, PacePlanDeps, TellDeps {
  readonly tables: RecordAttemptDeps["tables"] & Pick<Tables, "protections" | "due" | "requests">;
}

/** A writer that loses this often is not racing, it is looping. */
const MOST_TRIES = 8;

export const planVm =
  (deps: PlanVmDeps) =>
  async (message: PlanVmMessage, log: Log): Promise<FollowUp> =>
    (await isPostponed(deps, message)) ? {} : await planNow(deps, message, log);

async function planNow(deps: PlanVmDeps, message: PlanVmMessage, log: Log): Promise<FollowUp> {
  const { vm: key, happened } = message;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stored = await deps.tables.protections.get(protectionKey(key));
    const reading = await readAndPlan(deps, key, stored?.record, happened);
    if (reading.kind === "throttled") {
      log.warn("vmThrottled", { vm: key, retryAfterMs: reading.retryAfterMs });
      await postponeThrottled(deps, message, reading);
      return {};
    }
    if (reading.kind !== "found" && reading.kind !== "notFound") {
      throw new Error(`${key} cannot be read: ${reading.error.code}, ${reading.error.message}`);
    }
    const outcome =
      reading.kind === "found"
        ? await planFound(deps, key, stored, reading, log)
        : await planGone(deps, key, stored, log);
    if (outcome !== "conflict") return outcome;
  }
  throw new Error(`Lost the race for ${key} ${MOST_TRIES} times.`);
}

async function planFound(
  deps: PlanVmDeps,
  key: VmKey,
  stored: Stored<Protection> | undefined,
  { vm, planned }: VmPlan,
  log: Log,
): Promise<FollowUp | "conflict"> {
  if (planned === undefined) return {};
  await tellClosed(deps, stored?.record, planned);
  if ((await write(deps, stored, planned)) === "conflict") return "conflict";
  logChange(log, key, stored?.record, planned);
  const [start] = await Promise.all([
    recordAttempt(deps, planned, vm, log),
    ...wakeUps(planned).map((at) => deps.tables.due.upsert(dueAt(key, at))),
  ]);
  // Other policies have a say in the restore points that are there.
  const others = stored !== undefined && stored.record.policiesSince !== planned.policiesSince;
  return {
    ...(start ? { start: [start] } : {}),
    ...(others || closesRequest(stored?.record, planned) ? { points: [{ vm: key }] } : {}),
  };
}

/** The write takes less. A message of one that was lost, or is late, says what is not so, and is dropped. */
const TELL_AFTER_MS = 30_000;

/** Told before the write, so that a crash loses nothing. */
async function tellClosed(
  { notifications }: PlanVmDeps,
  before: Protection | undefined,
  after: Protection,
): Promise<void> {
  const closed = closedIn(before, after);
  if (closed === undefined) return;
  await notifications?.tell({ of: "slot", vm: after.vm, point: closed.point }, TELL_AFTER_MS);
}

/** The slot that planning itself has closed as failed, so that no operation will tell of it. */
const closedIn = (before: Protection | undefined, { lastSlot }: Protection) =>
  lastSlot?.error && lastSlot.point !== before?.lastSlot?.point ? lastSlot : undefined;

/** Without an attempt, so that no operation will tell: what the request came to is still to be written down. */
const closesRequest = (before: Protection | undefined, after: Protection): boolean =>
  before?.openSlots.some(
    ({ request, slot }) =>
      request !== undefined && after.openSlots.every((open) => open.slot !== slot),
  ) ?? false;

/** When the VM must be planned again although nothing happens to it. */
function wakeUps({ nextSlotAt, openSlots: [first] }: Protection): Date[] {
  const retryAt = first && !first.operation ? first.notBefore : undefined;
  return [nextSlotAt, retryAt].flatMap((at) => (at === undefined ? [] : [new Date(at)]));
}

async function planGone(
  deps: PlanVmDeps,
  key: VmKey,
  stored: Stored<Protection> | undefined,
  log: Log,
): Promise<FollowUp | "conflict"> {
  if (stored === undefined || stored.record.status === "VmDeleted") {
    log.info("vmGone", { vm: key });
    return {};
  }
  const planned = planDeletedVm(stored.record, deps.now());
  if ((await write(deps, stored, planned)) === "conflict") return "conflict";
  logChange(log, key, stored.record, planned);
  return { points: [{ vm: key }] };
}

async function write(
  { tables }: PlanVmDeps,
  stored: Stored<Protection> | undefined,
  planned: Protection,
): Promise<"written" | "conflict"> {
  if (stored === undefined) {
    return (await tables.protections.insert(planned)) === "exists" ? "conflict" : "written";
  }
  if (sameExceptTime(stored.record, planned)) return "written";
  const outcome = await tables.protections.replace(planned, stored.etag);
  return outcome === "conflict" ? "conflict" : "written";
}

const sameExceptTime = (one: Protection, other: Protection): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted({ ...other, updatedAt: one.updatedAt }));

const sorted = (record: Protection) =>
  Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));

function logChange(log: Log, vm: VmKey, before: Protection | undefined, after: Protection): void {
  const { misconfiguration } = after;
  if (misconfiguration && misconfiguration.tag !== before?.misconfiguration?.tag) {
    log.warn("tagMisconfigured", { vm, ...misconfiguration });
  }
  if (before?.status !== after.status || before.tag !== after.tag) {
    log.info("protectionChanged", { vm, status: after.status, tag: after.tag });
  }
  const closed = closedIn(before, after);
  if (closed) log.warn("restorePointFailed", { vm, point: closed.point, ...closed.error });
}
