import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "./api.ts";

interface PassResource {
  readonly subscriptionId: string;
  readonly state: "Running" | "Finished" | "Unreachable";
  readonly rebuild?: boolean;
  readonly adopted?: number;
  readonly unreachable?: string;
}

const LOOK_EVERY_MS = 1000;

/** Waits until no subscription is being looked through any more, and tells of each that ended. */
export async function followPasses(
  api: Api,
  print: (line: string) => void,
): Promise<readonly PassResource[]> {
  const told = new Set<string>();
  for (;;) {
    const { value } = await api<{ value: readonly PassResource[] }>(
      "GET",
      "/reports/reconciliations?top=200",
    );
    const passes = value.filter(({ rebuild }) => rebuild);
    for (const { subscriptionId, state, adopted = 0, unreachable } of passes) {
      if (state === "Running" || told.has(subscriptionId)) continue;
      told.add(subscriptionId);
      print(`${subscriptionId}: ${unreachable ?? `${adopted} restore points and copies taken in`}`);
    }
    if (passes.every(({ state }) => state !== "Running")) return passes;
    await sleep(LOOK_EVERY_MS);
  }
}
