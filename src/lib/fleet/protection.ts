/**
 * The protection of one VM: what is in force, the slots that still need a restore point, and what came last.
 * It is the one entity that every decision about a VM goes through by compare-and-set.
 */
import * as z from "zod";
import { armProblemSchema } from "../operations/arm-problem.ts";
import { operationIdSchema } from "../operations/operation-id.ts";
import { requestedConsistencySchema, vmEventSchema } from "../policy/policy.ts";
import { tagOptionsSchema } from "../policy/tag.ts";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";
import { type VmKey, vmKeySchema, vmNameOf } from "./vm-key.ts";

export const excludedDiskSchema = z.object({
  id: z.string(),
  name: z.string(),
  lun: z.int().optional(),
  reason: z.string(),
});
/** A disk that restore points leave out, and why. */
export type ExcludedDisk = z.infer<typeof excludedDiskSchema>;

/** What a slot came up for: the schedule, something that happened to the VM, or a request. */
export const slotCauseSchema = z.enum([
  ...vmEventSchema.options,
  "schedule",
  "requested",
  "retire",
]);
export type SlotCause = z.infer<typeof slotCauseSchema>;

/** A restore point that a person asked for is made of an unprotected VM as well. */
export const isAsked = (cause: SlotCause): boolean => cause === "requested" || cause === "retire";

/** A slot without a succeeded restore point yet. Only the first of a protection is worked on. */
const openSlotSchema = z.object({
  slot: z.string(),
  cause: slotCauseSchema,
  /** When the slot came up. */
  at: z.iso.datetime(),
  /** Rises only after the attempt before it is terminally Failed. */
  attempt: z.int().min(1),
  /** No attempt starts earlier. */
  notBefore: z.iso.datetime(),
  policies: z.array(z.string()),
  consistency: requestedConsistencySchema,
  /** Disks that an earlier attempt showed to be in the way. */
  excludeDisks: z.array(excludedDiskSchema),
  /** The region that its restore point is made straight in, if not the VM's. */
  region: z.string().optional(),
  /** Azure has refused that: it is made beside the VM, and copied. */
  regionRefused: z.boolean().optional(),
  /** Earlier slots that waited in vain, and are served by this one. */
  replaces: z.array(z.string()).optional(),
  /** The request that it is for, which says what else was asked for. */
  request: operationIdSchema.optional(),
  /** Of a request that leaves out disks which no policy does. */
  partial: z.boolean().optional(),
  /** The operation of this attempt; absent while the slot waits. */
  operation: operationIdSchema.optional(),
  /** The `traceparent` of what brought it up, which its operations go on with. */
  trace: z.string().optional(),
});
export type OpenSlot = z.infer<typeof openSlotSchema>;

export const closedSlotSchema = z.object({
  slot: z.string(),
  at: z.iso.datetime(),
  state: z.enum(["Succeeded", "Failed"]),
  point: z.string(),
  /** What was asked for. */
  consistency: requestedConsistencySchema.optional(),
  error: armProblemSchema.optional(),
});
export type ClosedSlot = z.infer<typeof closedSlotSchema>;

const recentCreateSchema = z.object({
  /** When it was sent to Azure. */
  at: z.iso.datetime(),
  consistency: z.enum(["ApplicationConsistent", "CrashConsistent"]),
});
export type RecentCreate = z.infer<typeof recentCreateSchema>;

/** What a VM needs to know of a network to be in it, as ARM ids. */
export const networkPlaceSchema = z.object({
  subnetId: z.string(),
  networkSecurityGroupId: z.string().optional(),
  acceleratedNetworking: z.boolean().optional(),
});

const protectionStatusSchema = z.enum(["Protected", "Unprotected", "OptedOut", "VmDeleted"]);

const protectionSchema = z.object({
  vm: vmKeySchema,
  /** ARM id of the VM, as Azure spells it. */
  resourceId: z.string(),
  location: z.string(),
  /** The VM's GUID, which tells a re-created VM from the one before it. */
  vmId: z.string(),
  /** The VM's size when it was last read, which tells that it was resized. */
  vmSize: z.string().optional(),
  status: protectionStatusSchema,
  /** The tag value in force: the last one that could be read. */
  tag: z.string().optional(),
  /** A tag value that cannot be read. What was in force before it stays in force. */
  misconfiguration: z.object({ tag: z.string(), reason: z.string() }).optional(),
  policies: z.array(z.string()),
  /** Since when these policies protect this VM; also when they ceased to. */
  policiesSince: z.iso.datetime(),
  options: tagOptionsSchema,
  /** Rises when the VM goes from unprotected to protected: the `t` slots are named after it. */
  generation: z.int(),
  /** Where the restore points go; absent until the collection is known to exist. */
  collectionId: z.string().optional(),
  openSlots: z.array(openSlotSchema),
  nextSlotAt: z.iso.datetime().optional(),
  lastSlot: closedSlotSchema.optional(),
  /** Where network interfaces of the VM were when a restore point was made: once they are gone, nothing else tells it. */
  networkPlaces: z.array(networkPlaceSchema.extend({ id: z.string() })).optional(),
  /** The newest restore point that succeeded, and when its slot came up. */
  lastGoodPoint: z.object({ name: z.string(), at: z.iso.datetime() }).optional(),
  /** The creations of about the last hour, oldest first: Azure takes only so many. */
  recentCreates: z.array(recentCreateSchema).optional(),
  excludedDisks: z.array(excludedDiskSchema),
  /** Since when it missed its RPO, the last time that operators were told. */
  breachTold: z.iso.datetime().optional(),
  updatedAt: z.iso.datetime(),
});
export type Protection = z.infer<typeof protectionSchema>;

/** One partition per subscription, so that an operator's fleet can be listed; one row per VM. */
export function protectionKey(vm: VmKey): EntityKey {
  const { subscriptionId, resourceGroup, name } = vmNameOf(vm);
  return { partitionKey: subscriptionId, rowKey: `${resourceGroup}~${name}` };
}

export const protectionTable: TableDefinition<Protection> = {
  name: "protections",
  schema: protectionSchema,
  keyOf: ({ vm }) => protectionKey(vm),
};

export const protectionStateSchema = z.enum([...protectionStatusSchema.options, "Misconfigured"]);
export type ProtectionState = z.infer<typeof protectionStateSchema>;

/** What an operator sees: a tag that cannot be read outranks what is still in force. */
export const protectionState = (protection: Protection): ProtectionState =>
  protection.misconfiguration ? "Misconfigured" : protection.status;

/** Whether planning this VM now would do something: a slot waits for its next attempt. */
export function waitsForPlan(protection: Protection, now: Date): boolean {
  const [first] = protection.openSlots;
  if (first) return first.operation === undefined && Date.parse(first.notBefore) <= now.getTime();
  return protection.nextSlotAt !== undefined && Date.parse(protection.nextSlotAt) <= now.getTime();
}
