import { notFound } from "../lib/api/api-error.ts";
import { listPage } from "../lib/api/page.ts";
import { restorePointResource } from "../lib/api/resources.ts";
import { visibleVm } from "../lib/api/visible.ts";
import { protectionKey } from "../lib/fleet/protection.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

export const listRestorePoints =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ params, url }, caller) => {
    const vm = visibleVm(caller, params["vm"]);
    if ((await tables.protections.get(protectionKey(vm))) === undefined) throw notFound();
    return { jsonBody: await listPage(tables.points, vm, new URL(url), restorePointResource) };
  };
