/**
 * When the slots of a schedule fall. Each VM has its own moment within the spread, derived from its key: a thousand
 * VMs of one policy do not start in the same second, and one VM's slots stay evenly apart.
 */
import type { VmKey } from "../fleet/vm-key.ts";
import type { Schedule } from "./policy.ts";

const MINUTE = 60_000;

/** The first slot of `vm` after `after`, at a whole minute in UTC. */
export function nextSlotOf(schedule: Schedule, vm: VmKey, after: Date): Date {
  const offset = minuteOf(vm, schedule.spread) * MINUTE;
  const periods = Math.floor((after.getTime() - offset) / schedule.every) + 1;
  return new Date(periods * schedule.every + offset);
}

export const isSlotOf = (schedule: Schedule, vm: VmKey, at: Date): boolean =>
  nextSlotOf(schedule, vm, new Date(at.getTime() - 1)).getTime() === at.getTime();

/** The VM's own minute below `spread` (milliseconds). FNV-1a: stable for ever, and even enough to spread a fleet. */
function minuteOf(vm: VmKey, spread: number): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(vm)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % Math.max(1, Math.floor(spread / MINUTE));
}
