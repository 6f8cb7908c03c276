/** What a policy would do, as it is told. */
import * as z from "zod";

const matchSchema = z.object({ id: z.string(), matched: z.boolean(), reason: z.string() });
export type VmMatch = z.infer<typeof matchSchema>;

const forecastSchema = z.object({
  days: z.int(),
  perVm: z
    .array(
      z.object({
        region: z.string(),
        made: z.int(),
        deleted: z.int(),
        most: z.int(),
        left: z.int(),
      }),
    )
    .meta({
      description: "For one VM that has nothing yet, in its own region and in each other one.",
    }),
  firstDeletions: z.array(z.object({ name: z.string(), at: z.iso.datetime(), reason: z.string() })),
  arithmetic: z.array(z.string()),
});
export type PolicyForecast = z.infer<typeof forecastSchema>;

export const previewSchema = z
  .object({
    name: z.string(),
    vms: z.object({
      matched: z.int(),
      looked: z.int(),
      complete: z.boolean().meta({
        description: "Whether every VM of every configured subscription was looked at.",
      }),
      value: z.array(matchSchema),
    }),
    forecast: forecastSchema.optional(),
  })
  .meta({ id: "PolicyPreview" });
