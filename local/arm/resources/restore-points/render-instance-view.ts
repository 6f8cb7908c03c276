/** `$expand=instanceView` of a restore point: how far the bytes of each disk have come. */
import type { Emulator } from "../../emulator.ts";
import { replicationOf } from "../../rules/replication.ts";
import { snapshotAccessStateOf } from "../../rules/snapshot-access-state.ts";
import type { RestorePoint } from "../../state/state.ts";
import { idOfDisk, madeIn } from "./find.ts";

/** The success is documented, the others follow its pattern. */
const STATUSES = {
  inProgress: { level: "Info", displayStatus: "Replication in progress" },
  succeeded: { level: "Info", displayStatus: "Succeeded" },
  failed: { level: "Error", displayStatus: "Replication failed" },
} as const;

export function renderInstanceView(
  { settings, clock }: Pick<Emulator, "settings" | "clock">,
  point: RestorePoint,
) {
  if (point.completedAt === undefined) return { diskRestorePoints: [], statuses: [] };
  const now = clock.now();
  const { state, completionPercent } = replicationOf(settings, point, now);
  const status = { code: `ReplicationState/${state}`, ...STATUSES[state] };
  return {
    diskRestorePoints: madeIn(point).map((disk) => ({
      id: idOfDisk(point, disk),
      replicationStatus: { status, completionPercent },
      snapshotAccessState: snapshotAccessStateOf(settings, point, disk, now),
    })),
    statuses: [status],
  };
}
