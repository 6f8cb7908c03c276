/** Loads an app as the worker does: `main` of its package.json is a glob, and every match is loaded in order. */
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withReadOnly } from "./hooks.ts";
import type { Worker } from "./worker.ts";

/**
 * Runs the app's entry points and its appStart hooks.
 *
 * Throws when an entry point throws, and when nothing was registered. The real worker is quieter: if the entry
 * point throws before the first registration, or there is no `main`, the host starts with zero functions and
 * looks healthy. A local host that did the same would hide a broken bundle.
 */
export async function loadApp(folder: string, worker: Worker): Promise<void> {
  const { main, type } = await readPackage(folder);
  if (main === undefined) throw new Error('package.json names no entry point ("main").');
  const files = globSync(main, { cwd: folder }).sort();
  if (files.length === 0) throw new Error(`No file matches "main" of package.json, ${main}.`);
  for (const file of files) await loadFile(folder, file, type);
  if (worker.functions.length === 0) {
    throw new Error(`The entry point ${files.join(", ")} registered no functions.`);
  }
  await refuseStreaming(worker);
  const { hooks } = worker;
  await hooks.run(
    "appStart",
    withReadOnly(
      {},
      { hookData: {}, appHookData: hooks.appHookData, functionAppDirectory: folder },
    ),
  );
  worker.lock();
}

async function readPackage(folder: string): Promise<{ main?: string; type?: string }> {
  const content: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  if (typeof content !== "object" || content === null) return {};
  return {
    ...("main" in content && typeof content.main === "string" ? { main: content.main } : {}),
    ...("type" in content && typeof content.type === "string" ? { type: content.type } : {}),
  };
}

async function loadFile(folder: string, file: string, type: string | undefined): Promise<void> {
  const path = join(folder, file);
  const isModule = file.endsWith(".mjs") || (type === "module" && !file.endsWith(".cjs"));
  try {
    if (isModule) await import(pathToFileURL(path).href);
    else createRequire(path)(path);
  } catch (cause) {
    throw new Error(`Worker was unable to load entry point "${file}".`, { cause });
  }
}

/** With streaming, requests bypass the messages this host speaks; the app would never see one. */
async function refuseStreaming(worker: Worker): Promise<void> {
  const capabilities = await worker.programmingModel?.getCapabilities?.({});
  if (capabilities?.["HttpUri"] !== undefined) {
    throw new Error("The app enables HTTP streams, which this host does not support.");
  }
}
