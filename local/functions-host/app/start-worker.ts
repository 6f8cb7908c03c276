/** Brings an app to life in this process: the module it asks for, then the app itself. */
import type { Log } from "../logs/log.ts";
import { installCoreModule } from "./core-module.ts";
import { loadApp } from "./load-app.ts";
import { Worker } from "./worker.ts";

/** Throws when the app cannot be loaded or registers nothing. */
export async function startWorker(app: string, log: Log): Promise<Worker> {
  const worker = new Worker();
  installCoreModule(worker, (level, category, message) => {
    if (category !== "customMetric") log(level, "Worker", message);
  });
  await loadApp(app, worker);
  return worker;
}
