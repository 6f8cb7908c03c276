/** What a topic takes: CloudEvents 1.0 in JSON, a batch at a time. https://github.com/cloudevents/spec */
import { z } from "zod";

const cloudEventSchema = z.looseObject({
  specversion: z.literal("1.0"),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().optional(),
  time: z.iso.datetime({ offset: true }).optional(),
  data: z.unknown().optional(),
});
export type CloudEvent = z.infer<typeof cloudEventSchema>;

const BATCH = /^application\/cloudevents-batch\+json\b/i;

/** Undefined: not a batch of CloudEvents. */
export function readBatch(contentType: string | undefined, body: string): CloudEvent[] | undefined {
  if (!BATCH.test(contentType ?? "")) return undefined;
  try {
    return z.array(cloudEventSchema).safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
