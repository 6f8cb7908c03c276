/**
 * The module `@azure/functions-core`. No package of that name exists: the real worker answers `require` of that id
 * itself, and so does this. `@azure/functions` asks once and remembers, so this goes in before the app loads.
 */
import Module from "node:module";
import type { LogLevel } from "../logs/log-level.ts";
import type { HookCallback } from "./hooks.ts";
import type { FunctionCallback, LogCategory, ProgrammingModel } from "./programming-model.ts";
import type { FunctionMetadata } from "./rpc.ts";
import type { Worker } from "./worker.ts";

const ID = "@azure/functions-core";
/** Of the worker and the host whose behaviour this host follows; the library compares none of them. */
const WORKER_VERSION = "3.12.0";
export const HOST_VERSION = "4.1037.0";

export type WorkerLog = (level: LogLevel, category: LogCategory, message: string) => void;

class Disposable {
  readonly #dispose: () => unknown;

  constructor(dispose: () => unknown) {
    this.#dispose = dispose;
  }

  static from(...inputs: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const each of inputs) each.dispose();
    });
  }

  dispose(): unknown {
    return this.#dispose();
  }
}

/** Lets every `require("@azure/functions-core")` of this process end up at `worker`. */
export function installCoreModule(worker: Worker, log: WorkerLog): void {
  const core = {
    version: WORKER_VERSION,
    hostVersion: HOST_VERSION,
    Disposable,
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
      new Disposable(worker.register(metadata, callback)),
    registerHook: (name: string, callback: HookCallback) =>
      new Disposable(worker.hooks.register(name, callback)),
    setProgrammingModel: (model: ProgrammingModel) => {
      worker.programmingModel = model;
    },
    getProgrammingModel: () => worker.programmingModel,
    log,
  };
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (target, self, [id]) => (id === ID ? core : Reflect.apply(target, self, [id])),
  });
}
