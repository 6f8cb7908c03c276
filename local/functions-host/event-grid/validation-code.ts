/** Finds the code that proves to Event Grid who owns the endpoint. */
import { z } from "zod";

const dataSchema = z.object({ validationCode: z.string() });
const classicSchema = z.tuple([z.object({ data: dataSchema })]).rest(z.unknown());
/** In the CloudEvents schema `data` arrives as a text that holds JSON. */
const cloudEventSchema = z.object({
  data: z.string().transform((text) => dataSchema.parse(JSON.parse(text))),
});

/** The code of an array with one classic event, or of one CloudEvent. */
export function validationCode(content: unknown): string {
  if (Array.isArray(content)) return classicSchema.parse(content)[0].data.validationCode;
  return cloudEventSchema.parse(content).data.validationCode;
}
