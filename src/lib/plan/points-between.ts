import type { VmKey } from "../fleet/vm-key.ts";
import { type KeyRange, partition } from "../state/entity-table.ts";
import { scheduleSlot } from "./slot.ts";

/** No names themselves: what comes after an `s` and is a time is between them. */
const FIRST_SCHEDULED = "s0";
const BEHIND_SCHEDULED = "s:";

/**
 * Where the restore points of a VM are that may be of some time. Those on schedule, which are most of them, are named
 * after their minute; all others have to be looked at.
 */
export function pointsBetween(vm: VmKey, from: Date | undefined, to: Date | undefined): KeyRange[] {
  const all = partition(vm);
  if (from === undefined && to === undefined) return [all];
  return [
    { ...all, rowTo: FIRST_SCHEDULED },
    {
      ...all,
      rowFrom: from === undefined ? FIRST_SCHEDULED : scheduleSlot(from),
      // Behind the attempts of its last minute.
      rowTo: to === undefined ? BEHIND_SCHEDULED : `${scheduleSlot(to)}~`,
    },
    { ...all, rowFrom: BEHIND_SCHEDULED },
  ];
}
