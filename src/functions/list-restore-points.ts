import { notFound } from "../lib/api/api-error.ts";
import { maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import { restorePointResource } from "../lib/api/resources.ts";
import { protectionKey } from "../lib/fleet/protection.ts";
import { vmKeySchema } from "../lib/fleet/vm-key.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

export const listRestorePoints =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ params, url }, caller) => {
    const vm = vmKeySchema.safeParse(params["vm"]?.toLowerCase()).data;
    if (vm === undefined || !maySee(caller, vm)) throw notFound();
    if ((await tables.protections.get(protectionKey(vm))) === undefined) throw notFound();
    return { jsonBody: await listPage(tables.points, vm, new URL(url), restorePointResource) };
  };
