/** A change of settings as JSON says it: every key of `ArmSettings`, and no other. */
import { z } from "zod";
import type { ArmSettings } from "../settings.ts";

/** A year: longer than anything that Azure waits for. */
const ms = z
  .number()
  .min(0)
  .max(366 * 86_400_000);
const count = z.int().min(0);
const refusal = z.enum(["synchronous", "failedOperation"]);

/** `Microsoft.Compute/disks/write`, or with a `*` */
const actions = z.array(z.string().min(1));

const permissions = z.record(
  z.string().min(1),
  z.strictObject({ actions: actions.default(["*"]), notActions: actions.default([]) }),
);

const shape = {
  /** Replaces them all. */
  permissions,
  /** Likewise. */
  roles: permissions,
  crashConsistentCreateMs: ms,
  applicationConsistentCreateMs: ms,
  deleteMs: ms,
  virtualMachineWriteMs: ms,
  virtualMachineActionMs: ms,
  diskWriteMs: ms,
  accessMs: ms,
  copyStartMs: ms,
  copyMs: ms,
  copyProgressStepMs: ms,
  backgroundCopyMs: ms,
  operationsKeptMs: ms,
  accessResultMs: ms,
  throttlingFactor: z.number().min(0).max(1_000_000),
  minimumIntervals: z.enum(["none", "documented"]),
  restorePointsPerVm: count,
  collectionsPerRegion: count,
  activeSasPerFamily: count,
  /** Null: no such header. */
  retryAfterSeconds: count.max(86_400).nullable(),
  sendLocationOnCreate: z.boolean(),
  stoppedVirtualMachine: z.enum(["crashConsistent", "agentError"]),
  linuxConsistency: z.enum(["FileSystemConsistent", "ApplicationConsistent"]),
  previews: z.enum(["open", "enforced"]),
  createInOtherRegion: z.boolean(),
  copyTimeCreated: z.enum(["source", "target"]),
  restoreFromIncompleteCopy: z.enum(["partialBytes", "refused"]),
  extendAccess: z.enum(["fromNow", "add"]),
  ignoreSasExpiry: z.boolean(),
  expiredSasBlocksDelete: z.boolean(),
  repeatedRestorePointPut: z.enum(["refused", "accepted"]),
  refusals: z
    .strictObject({
      concurrentCreate: refusal,
      unsupportedDisk: refusal,
      agentNotReady: refusal,
      restorePointLimit: refusal,
      activeSas: refusal,
    })
    .partial(),
} satisfies { readonly [Name in keyof ArmSettings]: z.ZodType };

export const settingsChangeSchema = z.strictObject(shape).partial();

export type SettingsChange = z.infer<typeof settingsChangeSchema>;
