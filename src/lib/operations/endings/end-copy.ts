import { type Copy, copyKey } from "../../fleet/restore-point-copy.ts";
import { changeRecord } from "../../state/change-record.ts";
import type { Fields } from "../../telemetry.ts";
import type { CopyOperation } from "../operation.ts";
import type { EndDeps, Ending } from "./ending.ts";

/** The end of a copy, and how far it is behind. One that failed is not copied again: the next restore point is. */
export async function endCopy(
  { tables, now }: EndDeps,
  operation: CopyOperation,
  ending: Ending,
): Promise<Fields> {
  const key = copyKey(operation.vm, operation.region, operation.point);
  const copy = await changeRecord(tables.copies, key, (copy) =>
    copy.state === "Copying" ? ended(copy, ending, now().toISOString()) : undefined,
  );
  return copy?.endedAt === undefined
    ? {}
    : { lagMs: Date.parse(copy.endedAt) - Date.parse(copy.timeCreated ?? copy.at) };
}

function ended(copy: Copy, ending: Ending, endedAt: string): Copy {
  if (ending.kind === "failed") return { ...copy, state: "Failed", endedAt, error: ending.error };
  const disks = ending.restorePoint?.disks ?? copy.disks;
  return { ...copy, state: "Succeeded", endedAt, disks: [...disks] };
}
