/** What an app registers with its host while it loads: functions, hooks and a programming model. */
import { Hooks } from "./hooks.ts";
import type { FunctionCallback, ProgrammingModel } from "./programming-model.ts";
import type { FunctionMetadata } from "./rpc.ts";

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

export class Worker {
  readonly hooks = new Hooks();
  programmingModel: ProgrammingModel | undefined;
  readonly #functions = new Map<string, RegisteredFunction>();
  #locked = false;

  get functions(): readonly RegisteredFunction[] {
    return [...this.#functions.values()];
  }

  /** Returns what takes the function away again. */
  register(metadata: FunctionMetadata, callback: FunctionCallback): () => void {
    if (this.#locked) throw new Error("A function can only be registered during app startup.");
    const id = metadata.functionId ?? metadata.name;
    if (this.#functions.has(id)) {
      throw new Error(`A function with id "${id}" has already been registered.`);
    }
    this.#functions.set(id, { metadata, callback });
    return () => {
      if (this.#locked) throw new Error("A function can only be disposed during app startup.");
      this.#functions.delete(id);
    };
  }

  lock(): void {
    this.#locked = true;
  }
}
