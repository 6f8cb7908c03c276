/** The queue messages an output value stands for: one, or one for each item of an array. */
import type { TypedData } from "../app/rpc.ts";

/** A text that holds a JSON array counts as an array too, as in the real host. */
export function toMessages(data: TypedData): string[] {
  if (data.bytes !== undefined) return [Buffer.from(data.bytes).toString()];
  if (data.string !== undefined) return itemsOf(data.string) ?? [data.string];
  if (data.json !== undefined) return itemsOf(data.json) ?? [textOf(JSON.parse(data.json))];
  if (data.int !== undefined) return [String(data.int)];
  if (data.double !== undefined) return [String(data.double)];
  throw new Error("The output value has a type that queues do not take.");
}

function itemsOf(text: string): string[] | undefined {
  if (!text.trimStart().startsWith("[")) return undefined;
  try {
    const content: unknown = JSON.parse(text);
    return Array.isArray(content) ? content.map(textOf) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(item: unknown): string {
  if (item === null) return "";
  return typeof item === "string" ? item : JSON.stringify(item);
}
