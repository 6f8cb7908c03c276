import { explainVm as explain } from "../lib/answers/explain-vm.ts";
import { notFound } from "../lib/api/api-error.ts";
import { maySee } from "../lib/api/caller.ts";
import { protectionKey } from "../lib/fleet/protection.ts";
import { vmKeySchema } from "../lib/fleet/vm-key.ts";
import { deletionsSwitch } from "../lib/state/switches.ts";
import { type ReadUpkeepDeps, readUpkeep } from "../lib/upkeep/read-upkeep.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

export const explainVm =
  (services: ReadUpkeepDeps & Pick<Services, "tables">): CheckedHandler =>
  async ({ params }, caller) => {
    const vm = vmKeySchema.safeParse(params["vm"]?.toLowerCase()).data;
    if (vm === undefined || !maySee(caller, vm)) throw notFound();
    const { tables } = services;
    const protection = (await tables.protections.get(protectionKey(vm)))?.record;
    if (protection === undefined) throw notFound();
    const [input, deletions] = await Promise.all([
      readUpkeep(services, protection),
      deletionsSwitch(tables),
    ]);
    const off = deletions.value === "off" ? deletions.reason : undefined;
    return { jsonBody: explain(input, off) };
  };
