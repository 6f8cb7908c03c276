/**
 * One pass over a subscription, a page of a list at a time, each page a message of its own:
 *
 *     collections ──► vms ──► vanished ──► done
 *
 * What a pass saw in Azure it writes down page by page, so that its last step can tell what is gone. Collections come
 * first, so that a VM whose record was lost has its restore points again before it is planned.
 */
import * as z from "zod";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";

const stepSchema = z.enum(["collections", "vms", "vanished"]);
export type Step = z.infer<typeof stepSchema>;

export const reconcileMessageSchema = z.object({
  subscriptionId: z.string().min(1).max(64),
  /** When the pass began, which is its name. */
  pass: z.iso.datetime(),
  step: stepSchema,
  page: z.int().min(0),
  /** Of the list, as the page before gave it. */
  continuation: z.string().optional(),
  /** So many of the page's collections are done: a page can be more than one message does. */
  done: z.int().min(0).optional(),
  /** The tables were lost: every collection is read in this pass. */
  rebuild: z.boolean().optional(),
  /** Whether the pacer has set the time of this very message. */
  paced: z.boolean().optional(),
});
export type ReconcileMessage = z.infer<typeof reconcileMessageSchema>;

export const passSchema = z.object({
  subscriptionId: z.string(),
  /** When the newest pass began. */
  startedAt: z.iso.datetime(),
  /** When the last one began that came to its end: what is found now came up since. */
  previousAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Why Azure could not be asked. */
  unreachable: z.string().optional(),
  rebuild: z.boolean().optional(),
  /** Restore points and copies that the catalogue lacked. */
  adopted: z.int().optional(),
});
export type Pass = z.infer<typeof passSchema>;

export const PASS_PARTITION = "pass";

export const passKey = (subscriptionId: string): EntityKey => ({
  partitionKey: PASS_PARTITION,
  rowKey: subscriptionId,
});

export const passTable: TableDefinition<Pass> = {
  name: "passes",
  schema: passSchema,
  keyOf: ({ subscriptionId }) => passKey(subscriptionId),
};

/** The last pass that saw everything, undefined if there was none yet. */
export const lastFinished = ({ startedAt, finishedAt, previousAt }: Pass): string | undefined =>
  finishedAt === undefined ? previousAt : startedAt;

const PASSES = 24;
const PASS_MS = 15 * 60_000;

/**
 * What is expensive to ask of Azure is asked in one pass of twenty-four, each thing at its own turn, which derives from
 * its name, so that the requests are spread over the passes.
 */
export function isTurnOf(name: string, { pass, rebuild }: ReconcileMessage): boolean {
  if (rebuild) return true;
  let hash = 0;
  const lower = name.toLowerCase();
  for (let at = 0; at < lower.length; at++) hash = (hash * 31 + lower.charCodeAt(at)) >>> 0;
  return hash % PASSES === Math.floor(Date.parse(pass) / PASS_MS) % PASSES;
}
