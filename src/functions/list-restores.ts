import { notFound } from "../lib/api/api-error.ts";
import { concernsRestore } from "../lib/api/concerns-restore.ts";
import { listPage } from "../lib/api/page.ts";
import type { listRestoresRoute } from "../lib/api/routes/restores.ts";
import { restoreResource } from "../lib/api/shapes/restore.ts";
import { protectionKey } from "../lib/fleet/protection.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const listRestores =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listRestoresRoute> =>
  async (call) => {
    const { vm } = call.params;
    if ((await tables.protections.get(protectionKey(vm))) === undefined) throw notFound();
    const { caller } = call;
    const body = await listPage(tables.restores, vm, call, (restore) =>
      concernsRestore(caller, restore)
        ? restoreResource(restore, caller.partner !== undefined)
        : undefined,
    );
    return { status: 200, body };
  };
