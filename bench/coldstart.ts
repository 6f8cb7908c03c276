/**
 * What a cold start pays: the load of the bundle against that of an empty functions app, each in a new process, in
 * turn. Azure keeps a worker process ready and loads the app into it when the first event comes, so this is the wait.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { DEFAULT_APP } from "../local/stack/stack-options.ts";
import { packedApp } from "../tools/build/packed-app.ts";
import { buildEmptyApp } from "./coldstart/empty-app.ts";
import { conclude, percentile, printTable, rounded } from "./report.ts";

const ROUNDS = 25;
/** In the order in which an invocation loads them. */
const PARTS = ["services", "routes", "app", "azure-arm"];

const LOAD_APP = fileURLToPath(new URL("./coldstart/load-app.ts", import.meta.url));

/** Any will do: a start reads them, and calls nobody. */
const SETTINGS = {
  AzureWebJobsStorage__tableServiceUri: "https://store.table.core.windows.net",
  AzureWebJobsStorage__queueServiceUri: "https://store.queue.core.windows.net",
  AzureWebJobsStorage__blobServiceUri: "https://store.blob.core.windows.net",
  API_ISSUER: "https://login.microsoftonline.com/tenant/v2.0",
  API_AUDIENCE: "api://restore-points",
};

const measuredSchema = z.object({
  loadMs: z.number(),
  partsMs: z.record(z.string(), z.number()),
  functions: z.int(),
});
type Measured = z.infer<typeof measuredSchema>;

async function coldStart(folder: string, parts: readonly string[]): Promise<Measured> {
  const child = fork(LOAD_APP, [folder, ...parts], { env: SETTINGS });
  const ended = once(child, "exit");
  const [message] = await Promise.race([
    once(child, "message"),
    ended.then(([code]) => Promise.reject(new Error(`A start ended with ${code}.`))),
  ]);
  await ended;
  return measuredSchema.parse(message);
}

const folder = await mkdtemp(join(tmpdir(), "bench-coldstart-"));
try {
  await buildEmptyApp(folder);
  const rounds: { readonly app: Measured; readonly empty: Measured }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const empty = await coldStart(folder, []);
    rounds.push({ empty, app: await coldStart(DEFAULT_APP, PARTS) });
  }
  report(rounds);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function report(rounds: readonly { readonly app: Measured; readonly empty: Measured }[]): void {
  const median = (values: number[]) => percentile(values, 0.5);
  const apps = rounds.map(({ app }) => app);
  const empties = rounds.map(({ empty }) => empty);
  const loadMs = (starts: readonly Measured[]) => median(starts.map((start) => start.loadMs));
  printTable([
    ["load, median of new processes", "ms", "functions"],
    ["empty functions app", rounded(loadMs(empties)), empties[0]?.functions ?? 0],
    ["this app", rounded(loadMs(apps)), apps[0]?.functions ?? 0],
  ]);
  printTable([
    ["loaded later, by those who need it", "ms"],
    ...PARTS.map((part) => [part, rounded(median(apps.map((app) => app.partsMs[part] ?? 0)))]),
  ]);
  conclude({
    bench: "coldstart",
    figures: {
      loadToEmpty: hundredths(median(rounds.map(({ app, empty }) => app.loadMs / empty.loadMs))),
      packageMB: hundredths(packedApp(DEFAULT_APP).length / 1e6),
    },
    targets: [
      { figure: "loadToEmpty", below: 3 },
      { figure: "packageMB", below: 2 },
    ],
  });
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
