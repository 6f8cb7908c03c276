/** What an operator can switch off for the whole app. */
import type { getSwitchRoute, putSwitchRoute } from "../lib/api/routes/upkeep.ts";
import { deletionsSwitch, type Switch } from "../lib/state/switches.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const getSwitch =
  ({ tables }: Pick<Services, "tables">): Handler<typeof getSwitchRoute> =>
  async () => ({ status: 200, body: await deletionsSwitch(tables) });

export const putSwitch =
  ({ tables, now }: Pick<Services, "tables" | "now">): Handler<typeof putSwitchRoute> =>
  async ({ params: { name }, body, caller, log }) => {
    const thrown: Switch = { name, ...body, by: caller.id, since: now().toISOString() };
    await tables.switches.upsert(thrown);
    log.warn("switchThrown", { switch: name, ...body, by: caller.id });
    return { status: 200, body: thrown };
  };
