/**
 * Entry point. What is public is registered before the configuration is read: the Functions worker forgets an error
 * while loading unless a function has registered by then, and would start an app with no functions and no error.
 */
import { app } from "@azure/functions";
import { registerFunctions } from "./app.ts";
import { parseConfig } from "./config.ts";
import { publicFilesIn } from "./public-files.ts";
import { registerPublicFunctions } from "./public-functions.ts";
import { createServices } from "./services.ts";

// Beside the bundle, wherever that is mounted.
const folder = new URL("./", import.meta.url);
registerPublicFunctions(app, publicFilesIn(folder));
const policyFolder = new URL("policies/", folder);
registerFunctions(app, createServices(parseConfig(process.env), policyFolder));
