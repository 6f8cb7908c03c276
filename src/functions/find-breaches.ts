import type { TimerHandler } from "@azure/functions";
import type { FindBreachesDeps } from "../lib/notify/find-breaches.ts";

/** Begins with the first page of the fleet. */
export const findBreaches =
  ({ delayed }: Pick<FindBreachesDeps, "delayed">): TimerHandler =>
  () =>
    delayed.notify({ of: "fleet" }, 0);
