/** The app's hooks, called in the order of their registration; one that throws ends the chain. */

const NAMES = ["appStart", "appTerminate", "preInvocation", "postInvocation", "log"] as const;

type HookName = (typeof NAMES)[number];
export type HookCallback = (context: object) => unknown;

export class Hooks {
  /** Shared by every hook of the app, for as long as the process lives. */
  readonly appHookData: Record<string, unknown> = {};
  readonly #callbacks = new Map<string, HookCallback[]>(NAMES.map((name) => [name, []]));

  /** Returns what takes the hook away again. */
  register(name: string, callback: HookCallback): () => void {
    const list = this.#callbacks.get(name);
    if (list === undefined) throw new RangeError(`Unrecognized hook "${name}"`);
    list.push(callback);
    return () => {
      const at = list.indexOf(callback);
      if (at >= 0) list.splice(at, 1);
    };
  }

  async run(name: Exclude<HookName, "log">, context: object): Promise<void> {
    for (const callback of [...(this.#callbacks.get(name) ?? [])]) await callback(context);
  }

  /** Log hooks are not awaited, and their failures are dropped: they must not break what logs. */
  runLog(context: object): void {
    for (const callback of this.#callbacks.get("log") ?? []) {
      try {
        callback(context);
      } catch {
        // As in the worker.
      }
    }
  }
}

/** Adds properties that hooks may read and not write. */
export function withReadOnly<T extends object>(target: T, values: Record<string, unknown>): T {
  for (const [key, value] of Object.entries(values)) {
    Object.defineProperty(target, key, {
      enumerable: true,
      get: () => value,
      set: () => {
        throw new Error(`Cannot assign to read only property '${key}'`);
      },
    });
  }
  return target;
}
