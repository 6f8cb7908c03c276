/**
 * Instant access of a restore point's Ultra and Premium SSD v2 disks: said of the collection, and for how long of the point.
 * https://learn.microsoft.com/azure/virtual-machines/disks-instant-access-snapshots
 */
import { invalidParameter } from "../http/arm-error.ts";
import type { RestorePointCollection } from "../state/state.ts";

const PATH = "properties.instantAccessDurationMinutes";
const DEFAULT_MINUTES = 300;

export interface AskedInstantAccess {
  readonly minutes: number | undefined;
  readonly mode: "CrashConsistent" | undefined;
}

/** Minutes; undefined without instant access. Throws when it is asked for where it cannot be. */
export function instantAccessOf(
  { instantAccess }: RestorePointCollection,
  { minutes, mode }: AskedInstantAccess,
): number | undefined {
  if (instantAccess && mode === undefined) return minutes ?? DEFAULT_MINUTES;
  if (minutes === undefined) return undefined;
  throw invalidParameter(
    PATH,
    instantAccess
      ? "instant access is for application-consistent restore points only."
      : "the collection has no instant access.",
  );
}
