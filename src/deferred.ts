/** Stands for what is loaded with the first call of it: an SDK that most invocations do not need. */
import { once } from "./lib/once.ts";

/** Whose members are all functions that answer with a promise. */
type Asynchronous<T> = { readonly [Name in keyof T]: (...input: never[]) => Promise<unknown> };

export function deferred<T extends Asynchronous<T>>(load: () => Promise<T>): T {
  const loaded = once(load);
  const call =
    (name: string | symbol) =>
    async (...input: never[]) => {
      const target = await loaded();
      return await target[name as keyof T](...input);
    };
  return new Proxy({} as T, {
    // Whoever awaits it would else call `then`, and wait for ever.
    get: (_, name) => (name === "then" ? undefined : call(name)),
  });
}
