/** What the reconciliation found that no event had told, and how late. */
import * as z from "zod";
import { vmKeySchema } from "../fleet/vm-key.ts";
import type { TableDefinition } from "../state/entity-table.ts";

export const driftSchema = z.object({
  subscriptionId: z.string(),
  kind: z.enum([
    "missedTag",
    "missedUntag",
    "missedDeletion",
    "missedRecreation",
    "unknownPoint",
    "missingPoint",
    "orphanedCollection",
  ]),
  /** Absent when nobody knows the VM. */
  vm: vmKeySchema.optional(),
  /** ARM id of a collection, or name of a restore point. */
  about: z.string().optional(),
  foundAt: z.iso.datetime(),
  /** The most that it can be late: the pass before this one did not see it. */
  lateByMs: z.number().optional(),
});
export type Drift = z.infer<typeof driftSchema>;

export const driftTable: TableDefinition<Drift> = {
  name: "drift",
  schema: driftSchema,
  // The newest first: tables list by key only.
  keyOf: ({ subscriptionId, foundAt, kind, vm = "", about = "" }) => ({
    partitionKey: subscriptionId,
    rowKey: `${String(9_999_999_999_999 - Date.parse(foundAt)).padStart(13, "0")}~${kind}~${vm}~${about.slice(about.lastIndexOf("/") + 1)}`,
  }),
};
