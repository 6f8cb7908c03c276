/** One seed in a thread of its own; a broken invariant is followed down to its shortest trace. */
import { parentPort, workerData } from "node:worker_threads";
import { type FleetOptions, type FleetResult, runFleet } from "./fleet.ts";
import { type Shortest, shorten } from "./shorten.ts";

export interface SeedReport {
  readonly result: FleetResult;
  readonly seconds: number;
  readonly shortest?: Shortest;
}

export type SeedMessage = { readonly day: number } | SeedReport;

const SHORTEN_MS = 300_000;

const tell = (message: SeedMessage) => parentPort?.postMessage(message);

const options: FleetOptions = workerData;
const startedAt = Date.now();
const result = await runFleet({ ...options, onDay: (day) => tell({ day }) });
const seconds = (Date.now() - startedAt) / 1000;
const { broken } = result;
if (broken === undefined) tell({ result, seconds });
else {
  const failing = { options, result: { ...result, broken } };
  const shortest = await shorten(failing, Date.now() + SHORTEN_MS, () => Date.now());
  tell({ result, seconds, shortest });
}
