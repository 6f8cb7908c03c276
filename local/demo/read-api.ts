/** The answers of the functions API, as far as the demo shows them. */
import { z } from "zod";
import type { ApiRequest } from "../stack/api-client.ts";

const vmSchema = z.object({ id: z.string(), state: z.string() });
type VmState = z.infer<typeof vmSchema>;

const restorePointSchema = z.object({
  name: z.string(),
  resourceId: z.string(),
  state: z.string(),
  consistencyMode: z.string().optional(),
  timeCreated: z.string().optional(),
  requestedAt: z.string(),
  disks: z.array(
    z.object({
      name: z.string(),
      lun: z.number().optional(),
      sizeInGB: z.number().optional(),
      diskRestorePointId: z.string().optional(),
    }),
  ),
  excludedDisks: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type RestorePoint = z.infer<typeof restorePointSchema>;

export const listVms = async (api: ApiRequest): Promise<VmState[]> =>
  await list(api, "/vms", vmSchema);

export const listRestorePoints = async (api: ApiRequest, vm: string): Promise<RestorePoint[]> =>
  await list(api, `/vms/${vm}/restore-points`, restorePointSchema);

async function list<Item>(
  api: ApiRequest,
  path: string,
  itemSchema: z.ZodType<Item>,
): Promise<Item[]> {
  const pageSchema = z.object({ value: z.array(itemSchema), nextLink: z.url().optional() });
  const items: Item[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const page: z.infer<typeof pageSchema> = pageSchema.parse(await read(await api(next)));
    items.push(...page.value);
    next = page.nextLink?.split("/api").slice(1).join("/api");
  }
  return items;
}

async function read(response: Response): Promise<unknown> {
  if (response.ok) return await response.json();
  throw new Error(`${new URL(response.url).pathname} answered ${response.status}.`);
}
