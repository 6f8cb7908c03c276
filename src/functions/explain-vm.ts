import { explainVm as explain } from "../lib/answers/explain-vm.ts";
import { notFound } from "../lib/api/api-error.ts";
import type { explainVmRoute } from "../lib/api/routes/vms.ts";
import { protectionKey } from "../lib/fleet/protection.ts";
import { deletionsSwitch } from "../lib/state/switches.ts";
import { type ReadUpkeepDeps, readUpkeep } from "../lib/upkeep/read-upkeep.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const explainVm =
  (services: ReadUpkeepDeps & Pick<Services, "tables">): Handler<typeof explainVmRoute> =>
  async ({ params: { vm } }) => {
    const { tables } = services;
    const protection = (await tables.protections.get(protectionKey(vm)))?.record;
    if (protection === undefined) throw notFound();
    const [input, deletions] = await Promise.all([
      readUpkeep(services, protection),
      deletionsSwitch(tables),
    ]);
    const off = deletions.value === "off" ? deletions.reason : undefined;
    return { status: 200, body: explain(input, off) };
  };
