/** Registers functions whose code is loaded with the first invocation of one of them. */
import type { App } from "./app.ts";
import type { FunctionDeclaration, ListedFunction } from "./function-list.ts";

/** `load` gives the functions of that trigger, with their handlers. */
export type LoadFunctions = (
  trigger: keyof App,
) => Promise<ReadonlyMap<string, Pick<ListedFunction, "handler">>>;

export function registerDeclared(
  app: App,
  declarations: readonly FunctionDeclaration[],
  load: LoadFunctions,
): void {
  for (const { name, trigger, options } of declarations) {
    const handler = async (...input: never[]) => {
      const listed = (await load(trigger)).get(name);
      if (listed === undefined) throw new Error(`The app has no function ${name}.`);
      return await listed.handler(...input);
    };
    const register = app[trigger] as (name: string, options: object) => void;
    register(name, { ...options, handler });
  }
}
