/**
 * When the slots of a schedule fall. Each VM has its own moment within the spread, derived from its key: a thousand
 * VMs of one policy do not start in the same second, and one VM's slots stay evenly apart.
 */
import * as z from "zod";
import type { VmKey } from "../fleet/vm-key.ts";
import { stableHash } from "../stable-hash.ts";
import { cronRuns, cronSchema } from "./cron.ts";
import { gapsOf } from "./cron-gaps.ts";
import { DAY, durationSchema, durationText, HOUR, MINUTE } from "./duration.ts";
import { timeZoneSchema } from "./time-zone.ts";

const MOST_BETWEEN = 366 * DAY;

/** Counted from midnight UTC on 1 January 1970. In milliseconds. */
interface IntervalSchedule {
  readonly every: number;
  readonly spread: number;
}

/** On the clock of the time zone; the VM's own minute is added to the instant. */
interface CronSchedule {
  readonly cron: string;
  readonly timeZone: string;
  readonly spread: number;
}

export type Schedule = IntervalSchedule | CronSchedule;

/**
 * `{ every, spread? }` or `{ cron, timeZone?, spread? }`. It is read as one object, since a union would answer that
 * neither fits, and not say which field is wrong.
 */
export const scheduleSchema = z
  .strictObject({
    every: durationSchema
      .refine((milliseconds) => milliseconds >= MINUTE, { error: "must be a minute or more" })
      .refine((milliseconds) => milliseconds <= MOST_BETWEEN, {
        error: "must be 366 days or less, or no restore point would ever be due",
      })
      .optional(),
    cron: cronSchema.optional(),
    timeZone: timeZoneSchema.optional(),
    /** The VMs of a policy start at moments spread over this long, each always at its own. Default: an hour, or the interval. */
    spread: durationSchema.optional(),
  })
  .transform((given, context): Schedule => {
    const { every, cron, timeZone = "UTC", spread } = given;
    for (const [message, ...path] of contradictionsIn(given)) {
      context.addIssue({ code: "custom", message, path });
    }
    if (every !== undefined) return { every, spread: spread ?? Math.min(every, HOUR) };
    if (cron === undefined) return z.NEVER;
    const { shortest } = gapsOf(cron, timeZone);
    return { cron, timeZone, spread: spread ?? Math.min(shortest, HOUR) };
  });

interface GivenSchedule {
  readonly every?: number | undefined;
  readonly cron?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly spread?: number | undefined;
}

/** Each with its field. */
function* contradictionsIn(
  given: GivenSchedule,
): Iterable<readonly [string, ...(keyof GivenSchedule)[]]> {
  const { every, cron, timeZone = "UTC", spread = 0 } = given;
  if (every !== undefined) {
    if (cron !== undefined) yield ["cannot be combined with `every`", "cron"];
    else if (given.timeZone !== undefined) yield ["belongs to `cron`, not to `every`", "timeZone"];
    if (spread > every) yield ["must not be longer than `every`", "spread"];
  } else if (cron === undefined) {
    yield ["expected `every` or `cron`"];
  } else {
    const { shortest } = gapsOf(cron, timeZone);
    const longest = `the shortest time between runs, ${durationText(shortest)}`;
    if (spread > shortest) yield [`must not be longer than ${longest}`, "spread"];
  }
}

/** The first slot of `vm` after `after`, at a whole minute in UTC. */
export function nextSlotOf(schedule: Schedule, vm: VmKey, after: Date): Date {
  const offset = minuteOf(vm, schedule.spread) * MINUTE;
  const from = after.getTime() - offset;
  if ("cron" in schedule) {
    return new Date(cronRuns(schedule.cron, schedule.timeZone).after(from) + offset);
  }
  const periods = Math.floor(from / schedule.every) + 1;
  return new Date(periods * schedule.every + offset);
}

export const isSlotOf = (schedule: Schedule, vm: VmKey, at: Date): boolean =>
  nextSlotOf(schedule, vm, new Date(at.getTime() - 1)).getTime() === at.getTime();

/** The slots of `vm` from `from` up to, but without, `to`. */
export function* slotsBetween(
  schedule: Schedule,
  vm: VmKey,
  from: Date,
  to: Date,
): Generator<Date, void> {
  let slot = nextSlotOf(schedule, vm, new Date(from.getTime() - 1));
  while (slot < to) {
    yield slot;
    slot = nextSlotOf(schedule, vm, slot);
  }
}

/** Milliseconds between two slots of a VM at least, clock changes included. */
export const shortestGapOf = (schedule: Schedule): number =>
  "cron" in schedule ? gapsOf(schedule.cron, schedule.timeZone).shortest : schedule.every;

/** Milliseconds between two slots of a VM at most, clock changes included. */
export const longestGapOf = (schedule: Schedule): number =>
  "cron" in schedule ? gapsOf(schedule.cron, schedule.timeZone).longest : schedule.every;

/** The VM's own minute below `spread` (milliseconds). */
const minuteOf = (vm: VmKey, spread: number): number =>
  stableHash(vm) % Math.max(1, Math.floor(spread / MINUTE));
