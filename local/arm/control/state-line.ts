/**
 * A saved state: a first line that says what it is, the journal's lines (arrays), the bytes of the disks (objects), and
 * a last line by which one sees that nothing is missing.
 */
import { z } from "zod";
import type { BytesLine } from "../bytes/save-bytes.ts";

const FORMAT = "vm-restore-points-emulator-state";

export const firstLine = { format: FORMAT, version: 1 } as const;

const offset = z.int().min(0).multipleOf(512);

const firstSchema = z.strictObject({ format: z.literal(FORMAT), version: z.literal(1) });
const journalSchema = z.array(z.tuple([z.string(), z.unknown()])).min(1);
const lastSchema = z.strictObject({ lines: z.int().min(1) });

const bytesSchemas: readonly z.ZodType<BytesLine>[] = [
  z.strictObject({ blob: z.guid(), sizeInBytes: offset }),
  z.strictObject({ clear: z.array(z.tuple([offset, offset])) }),
  z.strictObject({ offset, base64: z.base64() }),
  z.strictObject({ snapshot: z.string().min(1) }),
];

export type StateLine =
  | { readonly kind: "first" }
  | { readonly kind: "journal"; readonly text: string }
  | { readonly kind: "bytes"; readonly bytes: BytesLine }
  | { readonly kind: "last"; readonly lines: number };

/** Undefined when it is none. */
export function readStateLine(text: string): StateLine | undefined {
  const json = parsed(text);
  if (Array.isArray(json)) {
    return journalSchema.safeParse(json).success ? { kind: "journal", text } : undefined;
  }
  for (const schema of bytesSchemas) {
    const bytes = schema.safeParse(json).data;
    if (bytes) return { kind: "bytes", bytes };
  }
  const last = lastSchema.safeParse(json).data;
  if (last) return { kind: "last", lines: last.lines };
  return firstSchema.safeParse(json).success ? { kind: "first" } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
