/** Applies events.bicep to one subscription. Done again, it changes nothing. */
import { fileURLToPath } from "node:url";
import type { AzureCli } from "./azure-cli.ts";
import type { HookSettings } from "./settings.ts";
import { topicsOf } from "./system-topics.ts";

const TEMPLATE = fileURLToPath(new URL("../bicep/events.bicep", import.meta.url));

const LONGEST_NAME = 64;

export async function applyEvents(
  az: AzureCli,
  settings: HookSettings,
  subscription: string,
  functionId: string,
): Promise<void> {
  const { environmentName, location, resourceNotifications, deadLetters } = settings;
  const of = ["--subscription", subscription];
  await az.ask(["provider", "register", "--namespace", "Microsoft.EventGrid", ...of, "--wait"]);
  const resourceGroupName = `rg-${environmentName}-events`;
  const topics = await topicsOf(az, subscription, resourceGroupName);
  const parameters = {
    ...{ environmentName, location, functionId, resourceGroupName },
    ...{ resourceNotifications, deadLetters, ...topics },
  };
  await az.ask([
    ...["deployment", "sub", "create", ...of, "--location", location],
    ...["--name", `events-${environmentName}`.slice(0, LONGEST_NAME)],
    ...["--template-file", TEMPLATE, "--query", "properties.outputs", "--parameters"],
    ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
  ]);
}
