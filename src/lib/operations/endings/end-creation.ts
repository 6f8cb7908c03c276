/** The end of a restore point's creation: its row in the catalogue, then the slot that it was made for. */
import { isNewestGood } from "../../fleet/newest-good.ts";
import { isAsked, type Protection, protectionKey } from "../../fleet/protection.ts";
import { type Point, pointKey } from "../../fleet/restore-point.ts";
import { changeRecord } from "../../state/change-record.ts";
import type { Fields } from "../../telemetry.ts";
import { remedyFor } from "../arm-error.ts";
import { rememberCreate } from "../creates-an-hour.ts";
import { nextAttempt } from "../next-attempt.ts";
import type { CreateOperation } from "../operation.ts";
import type { EndDeps, Ending } from "./ending.ts";

export async function endCreation(
  { tables, now }: EndDeps,
  operation: CreateOperation,
  ending: Ending,
): Promise<Fields> {
  const point = await changeRecord(
    tables.points,
    pointKey(operation.vm, operation.point),
    (point) => (point.state === "Creating" ? endedPoint(point, ending, now()) : undefined),
  );
  await changeRecord(tables.protections, protectionKey(operation.vm), (protection) =>
    closeAttempt(protection, operation, ending, now()),
  );
  // The slot of the tag comes up when the tag is found.
  return point?.cause === "tagged" && point.endedAt !== undefined
    ? { sinceTaggedMs: Date.parse(point.endedAt) - Date.parse(point.at) }
    : {};
}

function endedPoint(point: Point, ending: Ending, now: Date): Point {
  const endedAt = now.toISOString();
  if (ending.kind === "failed") {
    const unknown = ending.again === "never" ? { outcomeUnknown: true } : {};
    return { ...point, ...unknown, state: "Failed", endedAt, error: ending.error };
  }
  const { consistencyMode, timeCreated, disks = point.disks } = ending.restorePoint ?? {};
  return {
    ...point,
    state: "Succeeded",
    endedAt,
    disks: [...disks],
    ...(consistencyMode === undefined ? {} : { consistencyMode }),
    ...(timeCreated === undefined ? {} : { timeCreated }),
  };
}

/** Undefined: the attempt is closed already, by an earlier try of this very step. */
function closeAttempt(
  protection: Protection,
  operation: CreateOperation,
  ending: Ending,
  now: Date,
): Protection | undefined {
  const [slot, ...waiting] = protection.openSlots;
  if (slot?.operation !== operation.id) return undefined;
  const after = {
    ...protection,
    ...rememberCreate(protection, operation),
    updatedAt: now.toISOString(),
  };
  const collectionId = operation.request.collection.id;
  const { consistency } = slot;
  const closed = { slot: slot.slot, at: slot.at, point: operation.point, consistency };
  if (ending.kind === "succeeded") {
    const lastSlot = { ...closed, state: "Succeeded" as const };
    const good = { name: operation.point, at: slot.at };
    // One that somebody asked for can be overtaken by the schedule, and can be of some disks only.
    const lastGood = isNewestGood(protection, slot) ? { lastGoodPoint: good } : {};
    return { ...after, ...lastGood, collectionId, openSlots: waiting, lastSlot };
  }
  const { error } = ending;
  const lastSlot = { ...closed, state: "Failed" as const, error };
  const isWanted = protection.status === "Protected" || isAsked(slot.cause);
  const mayTryAgain = isWanted && protection.status !== "VmDeleted" && ending.again !== "never";
  const remedy = ending.again === "later" ? "retryLater" : remedyFor(error).remedy;
  const again = mayTryAgain ? nextAttempt(slot, operation, error, now, remedy) : undefined;
  const openSlots = again ? [again, ...waiting] : waiting;
  return { ...after, openSlots, lastSlot };
}
