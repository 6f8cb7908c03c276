/** What the functions host says about its invocations: a local extra of its admin API. */
import { z } from "zod";
import type { Stack } from "../local/stack/start-stack.ts";

const metricsSchema = z.object({
  functions: z.record(z.string(), z.object({ count: z.number(), totalMs: z.number() })),
  recent: z.array(
    z.object({
      name: z.string(),
      startedAt: z.iso.datetime().transform((text) => Date.parse(text)),
      durationMs: z.number(),
    }),
  ),
});

export async function metrics({ hosts }: Pick<Stack, "hosts">) {
  const [host] = hosts;
  if (!host) throw new Error("The stack has no functions host.");
  const response = await fetch(new URL("/admin/host/metrics", host.url));
  return metricsSchema.parse(await response.json());
}

/** The newest thousand, oldest first. */
export const invocations = async (stack: Pick<Stack, "hosts">) => (await metrics(stack)).recent;
