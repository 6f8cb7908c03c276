/**
 * One cold start: `node load-app.ts <folder>` loads the functions app as a worker does, in a process that has loaded no
 * app before, and tells how long that took, and how long parts of the app take that are loaded only when needed.
 */
import { globSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { startWorker } from "../../local/functions-host/app/start-worker.ts";

const [folder = "", ...parts] = process.argv.slice(2);

const start = performance.now();
const worker = await startWorker(folder, () => undefined);
const loadMs = performance.now() - start;

/** By part, what it takes beyond what is loaded already. */
const partsMs: Record<string, number> = {};
for (const part of parts) {
  const [file] = globSync(`chunks/${part}-*.mjs`, { cwd: folder });
  if (file === undefined) throw new Error(`The app has no part ${part}.`);
  const before = performance.now();
  await import(pathToFileURL(join(folder, file)).href);
  partsMs[part] = performance.now() - before;
}
process.send?.({ loadMs, partsMs, functions: worker.functions.length });
