/** Restores, as far as the demo shows them. */
import { z } from "zod";
import type { ApiRequest } from "../stack/api-client.ts";

const restoreSchema = z.object({
  id: z.string(),
  status: z.string(),
  resources: z.array(
    z.object({
      role: z.string(),
      resourceId: z.string(),
      source: z.string().optional(),
      status: z.string(),
    }),
  ),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});
export type DemoRestore = z.infer<typeof restoreSchema>;

export const requestRestore = async (
  api: ApiRequest,
  vm: string,
  point: string,
  body: object,
): Promise<DemoRestore> =>
  restoreSchema.parse(
    await answerOf(await api(`/vms/${vm}/restore-points/${point}/restores`, asking(body))),
  );

export const readRestore = async (api: ApiRequest, id: string): Promise<DemoRestore> =>
  restoreSchema.parse(await answerOf(await api(`/operations/${id}`, { caller: "operator" })));

const asking = (body: object) => ({ caller: "operator", method: "POST", body });

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Error(`${new URL(response.url).pathname} answered ${response.status}: ${text}`);
}
