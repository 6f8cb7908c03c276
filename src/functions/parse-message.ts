import type { InvocationContext } from "@azure/functions";
import type * as z from "zod";
import { logOf } from "./log-of.ts";

/** The message, or undefined after logging that it can never be handled: such a message is acknowledged. */
export function parseMessage<T>(
  schema: z.ZodType<T>,
  entry: unknown,
  context: InvocationContext,
): T | undefined {
  const parsed = schema.safeParse(entry);
  if (parsed.success) return parsed.data;
  const reason = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  logOf(context).warn("messageDropped", {
    function: context.functionName,
    reason: reason.join("; "),
  });
  return undefined;
}
