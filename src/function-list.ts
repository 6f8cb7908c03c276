/**
 * What the app registers, as a list. The build writes it down without the handlers, and a start registers from that:
 * the code of a function is loaded with its first invocation, and a start pays for none.
 */
import type { App } from "./app.ts";

export interface FunctionDeclaration {
  readonly name: string;
  readonly trigger: keyof App;
  /** As given to `app.<trigger>`, without the handler. */
  readonly options: Readonly<Record<string, unknown>>;
}

type Handler = (...input: never[]) => unknown;

export interface ListedFunction extends FunctionDeclaration {
  readonly handler: Handler;
}

/** In the order of their registration. Throws when a name is taken. */
export function listFunctions(register: (app: App) => void): Map<string, ListedFunction> {
  const functions = new Map<string, ListedFunction>();
  const on =
    (trigger: keyof App) =>
    (name: string, { handler, ...options }: { readonly handler: Handler }) => {
      if (functions.has(name)) throw new Error(`${name} is registered twice.`);
      functions.set(name, { name, trigger, options, handler });
    };
  const app = {
    eventGrid: on("eventGrid"),
    http: on("http"),
    storageQueue: on("storageQueue"),
    timer: on("timer"),
  };
  // The app registers with options alone, never with a bare handler.
  register(app as unknown as App);
  return functions;
}
