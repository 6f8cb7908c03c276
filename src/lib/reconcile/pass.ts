/**
 * One pass over a subscription, a page of a list at a time, each page a message of its own:
 *
 *     vms ──► vanished ──► collections ──► done
 *
 * What a pass saw in Azure it writes down page by page, so that the step after it can tell what is gone.
 */
import { z } from "zod";
import type { EntityKey, KeyRange, TableDefinition } from "../state/entity-table.ts";
import { partition } from "../state/entity-table.ts";

export const reconcileMessageSchema = z.object({
  subscriptionId: z.string().min(1).max(64),
  /** When the pass began, which is its name. */
  pass: z.iso.datetime(),
  step: z.enum(["vms", "vanished", "collections"]),
  page: z.int().min(0),
  /** Of the list, as the page before gave it. */
  continuation: z.string().optional(),
});
export type ReconcileMessage = z.infer<typeof reconcileMessageSchema>;

const seenPageSchema = z.object({
  subscriptionId: z.string(),
  pass: z.string(),
  page: z.int(),
  /** Keys of VMs, without their subscription. */
  vms: z.array(z.string()),
});
export type SeenPage = z.infer<typeof seenPageSchema>;

export const seenTable: TableDefinition<SeenPage> = {
  name: "seen",
  schema: seenPageSchema,
  keyOf: ({ subscriptionId, pass, page }) => ({
    partitionKey: `${subscriptionId}~${pass}`,
    rowKey: `${page}`.padStart(6, "0"),
  }),
};

export const seenIn = ({
  subscriptionId,
  pass,
}: Pick<ReconcileMessage, "subscriptionId" | "pass">): KeyRange =>
  partition(`${subscriptionId}~${pass}`);

const passSchema = z.object({
  subscriptionId: z.string(),
  /** When the newest pass began. */
  startedAt: z.iso.datetime(),
  /** When the one before it began, if it came to its end: what is found now came up since. */
  previousAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Why Azure could not be asked. */
  unreachable: z.string().optional(),
  /** How many VMs Azure has, and how many of them are protected. */
  vms: z.int().optional(),
});
export type Pass = z.infer<typeof passSchema>;

export const passKey = (subscriptionId: string): EntityKey => ({
  partitionKey: "pass",
  rowKey: subscriptionId,
});

export const passTable: TableDefinition<Pass> = {
  name: "passes",
  schema: passSchema,
  keyOf: ({ subscriptionId }) => passKey(subscriptionId),
};
