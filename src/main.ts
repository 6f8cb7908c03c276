/**
 * Entry point. What is public is registered before the configuration is read: the Functions worker forgets an error
 * while loading unless a function has registered by then, and would start an app with no functions and no error.
 *
 * A start loads this file and what it imports, and no function: they are registered from the list that the build has
 * made of `app.ts` and `routes.ts`, and loaded with their first invocation.
 */
import { readFileSync } from "node:fs";
import { app } from "@azure/functions";
import { parseConfig } from "./config.ts";
import { type FunctionDeclaration, listFunctions } from "./function-list.ts";
import { once } from "./lib/once.ts";
import { publicFilesIn } from "./public-files.ts";
import { registerPublicFunctions } from "./public-functions.ts";
import { registerDeclared } from "./register-declared.ts";
import { createRecorder } from "./telemetry/create-recorder.ts";
import { tracedApp } from "./telemetry/traced-app.ts";

// Beside the bundle, wherever that is mounted.
const folder = new URL("./", import.meta.url);
registerPublicFunctions(app, publicFilesIn(folder));

const config = parseConfig(process.env);
const services = once(async () => {
  const { createServices } = await import("./services.ts");
  return createServices(config, new URL("policies/", folder));
});
const routes = once(async () => {
  const [{ registerRoutes }, made] = await Promise.all([import("./routes.ts"), services()]);
  return listFunctions((listing) => registerRoutes(listing, made));
});
const triggers = once(async () => {
  const [{ registerTriggers }, made] = await Promise.all([import("./app.ts"), services()]);
  return listFunctions((listing) => registerTriggers(listing, made));
});

const list = readFileSync(new URL("functions.json", folder), "utf8");
const declarations: readonly FunctionDeclaration[] = JSON.parse(list);
const recorder = createRecorder(config);
registerDeclared(recorder ? tracedApp(app, recorder) : app, declarations, (trigger) =>
  trigger === "http" ? routes() : triggers(),
);
// The worker gives its app five seconds to end.
if (recorder) app.hook.appTerminate(() => recorder.flush(3000));
