import type { TimerHandler } from "@azure/functions";
import type { TellDeps } from "../lib/notify/notifications.ts";

/** Begins with the first page of the fleet, if there is anybody to be told. */
export const findBreaches =
  ({ notifications }: TellDeps): TimerHandler =>
  async () =>
    notifications?.tell({ of: "fleet" });
