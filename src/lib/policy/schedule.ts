/**
 * When the slots of a schedule fall. Each VM has its own moment within the spread, derived from its key: a thousand
 * VMs of one policy do not start in the same second, and one VM's slots stay evenly apart.
 */
import { z } from "zod";
import type { VmKey } from "../fleet/vm-key.ts";
import { durationSchema, HOUR, MINUTE } from "./duration.ts";

export const scheduleSchema = z
  .strictObject({
    every: durationSchema.refine((milliseconds) => milliseconds >= MINUTE, {
      error: "must be a minute or more",
    }),
    /** The VMs of a policy start at moments spread over this long, each always at its own. Default: an hour, or `every`. */
    spread: durationSchema.optional(),
  })
  .transform(({ every, spread = Math.min(every, HOUR) }) => ({ every, spread }))
  .refine(({ every, spread }) => spread <= every, {
    path: ["spread"],
    error: "must not be longer than `every`",
  });
export type Schedule = z.infer<typeof scheduleSchema>;

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
