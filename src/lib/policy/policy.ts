/** A policy: when restore points are made, how consistent they are, what they leave out, and how long they are kept. */
import * as z from "zod";
import { retentionRuleSchema } from "../retention/retention-rule.ts";
import { DAY, durationSchema, MINUTE } from "./duration.ts";
import { scheduleSchema } from "./schedule.ts";
import { selectorSchema } from "./selector.ts";

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

export const isAtLeast = (one: RequestedConsistency, other: RequestedConsistency): boolean =>
  STRENGTH.indexOf(one) >= STRENGTH.indexOf(other);

/** `lun:<number>` or `disk:<name>`. */
export const diskSelectorSchema = z.union(
  [z.object({ lun: z.int().min(0).max(63) }), z.object({ disk: z.string().min(1).max(80) })],
  { error: "expected a `lun` from 0 to 63, or the name of a `disk`" },
);
export type DiskSelector = z.infer<typeof diskSelectorSchema>;

/** What happens to a VM, other than time, that asks for a restore point. */
export const vmEventSchema = z.enum(["tagged", "started", "deallocated", "resized"]);
export type VmEvent = z.infer<typeof vmEventSchema>;

export const regionSchema = z.string().regex(/^[a-z0-9]{2,40}$/, {
  error: "expected the name of an Azure region, such as westeurope",
});

const copySchema = z.strictObject({
  region: regionSchema,
  retention: retentionRuleSchema,
});
export type CopyRule = z.infer<typeof copySchema>;

/**
 * What becomes of the restore points when nothing makes new ones any more. `keep` loses nothing, and is the default;
 * `ageOut` deletes each when it would have been deleted if restore points had gone on being made; `delete` deletes
 * all, after a delay. Both stop at the floor.
 */
export const aftermathSchema = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("keep") }),
  z.strictObject({ outcome: z.literal("ageOut") }),
  z.strictObject({ outcome: z.literal("delete"), after: durationSchema }),
]);
export type Aftermath = z.infer<typeof aftermathSchema>;

export const policyNameSchema = z.string().regex(/^(?!none$)[a-z][a-z0-9-]{0,39}$/, {
  error: "expected lower-case letters, digits and hyphens, at most 40, and not `none`",
});

/** 60 days, the longest that Azure gives access to a disk. */
const LONGEST_GRANT = 60 * DAY;
const SHORTEST_GRANT = MINUTE;

/** Time-boxed access to the disks of a restore point. */
const policyGrantsSchema = z.strictObject({
  allowed: z.boolean().default(true),
  longest: durationSchema
    .refine((ms) => ms >= SHORTEST_GRANT, { error: "a grant lasts for PT1M at least" })
    .refine((ms) => ms <= LONGEST_GRANT, { error: "Azure gives access for P60D at most" })
    .default(7 * DAY),
  /** Whether a deletion waits for the access to end, or ends it. */
  whenDeleted: z.enum(["wait", "end"]).default("wait"),
});

export const policySchema = z.strictObject({
  name: policyNameSchema,
  description: z.string().max(500).default(""),
  /** VMs that the policy protects without a tag. A tag on the VM beats it. */
  select: selectorSchema.optional(),
  schedule: scheduleSchema,
  /** Events that ask for a restore point outside the schedule. */
  onEvents: z.array(vmEventSchema).max(10).default(["tagged"]),
  consistency: requestedConsistencySchema,
  excludeDisks: z.array(diskSelectorSchema).max(100).default([]),
  retention: retentionRuleSchema,
  /** Where the restore points are kept, if not in the VM's own region. */
  region: regionSchema.optional(),
  /** Other regions that get a copy. */
  copies: z.array(copySchema).max(8).default([]),
  /** Also for what a policy made before the tag named another one. */
  whenUntagged: aftermathSchema.default({ outcome: "keep" }),
  whenVmDeleted: aftermathSchema.default({ outcome: "keep" }),
  grants: policyGrantsSchema.prefault({}),
  /** The longest time that a VM may be without a good restore point. Default: twice the longest interval of the schedule. */
  rpoTarget: durationSchema.optional(),
});
export type Policy = z.infer<typeof policySchema>;
