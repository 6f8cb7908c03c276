/** A policy: when restore points are made, how consistent they are, and which disks they leave out. */
import { z } from "zod";

/** What a policy asks for; what Azure obtained is recorded on the point. */
export const requestedConsistencySchema = z.enum([
  "CrashConsistent",
  "ApplicationConsistent",
  /** Application-consistent first; crash-consistent after the failures that Azure documents for it. */
  "ApplicationThenCrashConsistent",
]);
export type RequestedConsistency = z.infer<typeof requestedConsistencySchema>;

/** From weakest to strongest: a point that serves several policies gets the strongest. */
const STRENGTH: readonly RequestedConsistency[] = [
  "CrashConsistent",
  "ApplicationThenCrashConsistent",
  "ApplicationConsistent",
];

export const strongestConsistency = (
  asked: readonly RequestedConsistency[],
): RequestedConsistency =>
  STRENGTH.findLast((consistency) => asked.includes(consistency)) ?? "CrashConsistent";

/** `lun:<number>` or `disk:<name>`. */
export const diskSelectorSchema = z.union([
  z.object({ lun: z.int().min(0).max(63) }),
  z.object({ disk: z.string().min(1).max(80) }),
]);
export type DiskSelector = z.infer<typeof diskSelectorSchema>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Whole minutes, hours, days or weeks; months and years have no fixed length. Parses to milliseconds. */
const durationSchema = z
  .string()
  .regex(/^P(?=.)(\d+W|(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?)$/, {
    error: "expected an ISO 8601 duration of weeks, days, hours and minutes, such as PT4H or P1D",
  })
  .transform(durationInMilliseconds);

function durationInMilliseconds(text: string): number {
  const part = (unit: RegExp): number => Number(unit.exec(text)?.[1] ?? 0);
  const days = part(/(\d+)D/) + 7 * part(/(\d+)W/);
  return ((days * 24 + part(/(\d+)H/)) * 60 + part(/T.*?(\d+)M/)) * MINUTE;
}

const scheduleSchema = z
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

export const policySchema = z.strictObject({
  name: z.string().regex(/^(?!none$)[a-z][a-z0-9-]{0,39}$/, {
    error: "lower-case letters, digits and hyphens, at most 40, and not `none`",
  }),
  description: z.string().max(500),
  schedule: scheduleSchema,
  /** Events that ask for a restore point outside the schedule. */
  onEvents: z.array(z.enum(["tagged"])),
  consistency: requestedConsistencySchema,
  excludeDisks: z.array(diskSelectorSchema),
});
export type Policy = z.infer<typeof policySchema>;
