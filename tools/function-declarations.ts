/** Every function that needs services, as `src/main.ts` registers it before its code is loaded. */
import { registerTriggers } from "../src/app.ts";
import { type FunctionDeclaration, listFunctions } from "../src/function-list.ts";
import { registerRoutes } from "../src/routes.ts";
import type { Services } from "../src/services.ts";

export function functionDeclarations(): FunctionDeclaration[] {
  // A handler takes its services when it is made, and uses them when it is invoked, which none of these is.
  const services = {} as Services;
  const functions = listFunctions((app) => {
    registerTriggers(app, services);
    registerRoutes(app, services);
  });
  return [...functions.values()].map(({ handler: _, ...declaration }) => declaration);
}
