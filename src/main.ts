/**
 * Entry point. Health is registered before the configuration is read: the Functions worker forgets an error while
 * loading unless a function has registered by then, and would start an app with no functions and no error.
 */
import { app } from "@azure/functions";
import { registerFunctions } from "./app.ts";
import { parseConfig } from "./config.ts";
import { registerHealth } from "./routes.ts";
import { createServices } from "./services.ts";

registerHealth(app);
// Beside the bundle, wherever that is mounted.
const policyFolder = new URL("./policies/", import.meta.url);
registerFunctions(app, createServices(parseConfig(process.env), policyFolder));
