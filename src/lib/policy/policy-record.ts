/**
 * A policy as it is stored: the document as somebody wrote it, so that an answer shows what was written, and what has
 * become of it. A deleted policy stays as `Retired`, because restore points that it made still live by it.
 */
import * as z from "zod";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";
import { policyNameSchema } from "./policy.ts";

/** An aftermath as written: its duration is ISO 8601 text. */
const writtenOutcomeSchema = z.object({
  outcome: z.enum(["keep", "ageOut", "delete"]),
  after: z.string().optional(),
});
export type WrittenOutcome = z.infer<typeof writtenOutcomeSchema>;

export const policyRecordSchema = z.object({
  name: policyNameSchema,
  document: z.record(z.string(), z.unknown()),
  state: z.enum(["Active", "Retired"]),
  /** What becomes of the restore points of a retired policy. */
  outcome: writtenOutcomeSchema.optional(),
  /** Of the file that was applied last; a policy that the API changed since stays until its file changes. */
  fileHash: z.string().optional(),
  /** Rises with every change, and is the ETag. */
  generation: z.int().min(1),
  /** The generation that the copy beside the table has. */
  copiedGeneration: z.int().default(0),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type PolicyRecord = z.infer<typeof policyRecordSchema>;

export const POLICY_PARTITION = "policy";

export const policyKey = (name: string): EntityKey => ({
  partitionKey: POLICY_PARTITION,
  rowKey: name,
});

export const policyTable: TableDefinition<PolicyRecord> = {
  name: "policies",
  schema: policyRecordSchema,
  keyOf: ({ name }) => policyKey(name),
};

/** The next generation of a policy: another document, or one that was deleted and comes back. */
export function withDocument(
  current: PolicyRecord | undefined,
  { name, document }: Pick<PolicyRecord, "name" | "document">,
  now: Date,
): PolicyRecord {
  const { outcome: _, ...before } = current ?? { generation: 0, copiedGeneration: 0 };
  const at = now.toISOString();
  return {
    ...before,
    name,
    document,
    state: "Active",
    generation: before.generation + 1,
    createdAt: current?.state === "Active" ? current.createdAt : at,
    updatedAt: at,
  };
}

/** The next generation of a policy that is deleted, or whose points shall fare otherwise than was said then. */
export const retire = (
  current: PolicyRecord,
  outcome: WrittenOutcome,
  now: Date,
): PolicyRecord => ({
  ...current,
  state: "Retired",
  outcome,
  generation: current.generation + 1,
  updatedAt: now.toISOString(),
});
