/**
 * How far the bytes of a restore point have come. Only a copy takes time, and it says Succeeded as soon as it has begun:
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-copy-restore-points-how-to
 */
import type { ArmSettings } from "../settings.ts";
import type { RestorePoint } from "../state/state.ts";

export interface Replication {
  readonly state: "inProgress" | "succeeded" | "failed";
  /** As Azure tells it: in steps. */
  readonly completionPercent: number;
  /** 0 to 1, without the steps. */
  readonly arrived: number;
}

const TWO_WEEKS = 14 * 24 * 3_600_000;
const DONE: Replication = { state: "succeeded", completionPercent: 100, arrived: 1 };

/** `now` in milliseconds since 1970. */
export function replicationOf(
  { copyProgressStepMs }: Pick<ArmSettings, "copyProgressStepMs">,
  { copy }: RestorePoint,
  now: number,
): Replication {
  if (copy === undefined) return DONE;
  if (copy.startedAt === undefined)
    return { state: "inProgress", completionPercent: 0, arrived: 0 };
  const { failure, durationMs } = copy;
  const elapsed = Math.max(0, now - Date.parse(copy.startedAt));
  const failsAfter = failure ? Math.min(durationMs / 2, TWO_WEEKS) : TWO_WEEKS;
  // Azure loses how far it had come.
  if (elapsed >= failsAfter && (failure || durationMs > TWO_WEEKS)) {
    return { state: "failed", completionPercent: 0, arrived: failsAfter / durationMs };
  }
  if (elapsed >= durationMs) return DONE;
  const step = Math.max(1, copyProgressStepMs);
  const told = Math.floor(elapsed / step) * step;
  return {
    state: "inProgress",
    completionPercent: Math.floor((told / durationMs) * 100),
    arrived: elapsed / durationMs,
  };
}

/** A copy that fails half-way takes the whole restore point with it. */
export const provisioningStateOf = (
  settings: Pick<ArmSettings, "copyProgressStepMs">,
  point: RestorePoint,
  now: number,
): RestorePoint["provisioningState"] =>
  point.provisioningState === "Succeeded" && replicationOf(settings, point, now).state === "failed"
    ? "Failed"
    : point.provisioningState;
