/** After a deployment: event subscriptions, which need the function. azd runs it; `azd hooks run postdeploy` does so again. */
import { setTimeout as pause } from "node:timers/promises";
import { azureCli } from "./azure-cli.ts";
import { command } from "./run.ts";
import { hookSettings } from "./settings.ts";
import { subscribe } from "./subscribe.ts";

try {
  const settings = hookSettings(process.env);
  await subscribe(azureCli(command("az")), settings, { print: console.log, pause });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
