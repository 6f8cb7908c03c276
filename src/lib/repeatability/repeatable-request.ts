/**
 * A request that its caller may send again. The record comes before anything is carried out, and the ids of what is
 * made derive from it: a repetition, also one at the same time or after a crash, makes the same things, not others.
 *
 *     recorded ── carried out, as often as it takes ── made: the ids ── forgotten a day later
 *
 * Neither bodies nor answers are kept: a repetition is answered from the things themselves.
 */
import * as z from "zod";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";

const repeatableRequestSchema = z.object({
  /** Who sent it. */
  caller: z.string(),
  /** `Repeatability-Request-ID` */
  id: z.string(),
  /** Hash of what is asked for, and of when it was first sent. */
  asked: z.string(),
  /** When it came first: the time in the ids of what it makes. */
  at: z.iso.datetime(),
  /**
   * Random, and new when the same id begins anew after it was forgotten: then it makes other things, and nobody can know
   * beforehand which. Absent in records from before there was one.
   */
  salt: z.string().optional(),
  /** Ids of what it has made, once it was carried out; a refusal makes nothing. */
  made: z.record(z.string(), z.unknown()).optional(),
});
export type RepeatableRequest = z.infer<typeof repeatableRequestSchema>;

/** Whatever a caller is known by, as a key may hold it. */
const keyPart = (text: string): string =>
  text.replace(/[^0-9A-Za-z-]/gu, (char) => `_${char.codePointAt(0)?.toString(16)}_`);

export const repeatableRequestKey = ({
  caller,
  id,
}: Pick<RepeatableRequest, "caller" | "id">): EntityKey => ({
  partitionKey: keyPart(caller),
  rowKey: id,
});

export const repeatableRequestTable: TableDefinition<RepeatableRequest> = {
  name: "repeatability",
  schema: repeatableRequestSchema,
  keyOf: repeatableRequestKey,
};
