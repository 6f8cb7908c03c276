import { applyEvents } from "./apply-events.ts";
import { awaitFunction } from "./await-function.ts";
import { type AzureCli, AzureCliError } from "./azure-cli.ts";
import type { HookSettings } from "./settings.ts";

export interface Around {
  readonly print: (line: string) => void;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/**
 * Has every protected subscription tell the app of its changes. One that refuses does not keep the others from it, and is
 * named at the end.
 */
export async function subscribe(
  az: AzureCli,
  settings: HookSettings,
  { print, pause }: Around,
): Promise<void> {
  const functionId = `${settings.functionAppId}/functions/ResourceChanged`;
  await awaitFunction(az, functionId, print, pause);
  const refused: string[] = [];
  for (const subscription of settings.subscriptions) {
    try {
      await applyEvents(az, settings, subscription, functionId);
      print(`${subscription}: its changes are told to the app.`);
    } catch (error) {
      if (!(error instanceof AzureCliError)) throw error;
      print(`${subscription}: ${error.message}`);
      refused.push(subscription);
    }
  }
  if (refused.length === 0) return;
  throw new Error(
    `Not subscribed to: ${refused.join(", ")}
Tags and deletions there are only found by the reconciliation, every quarter of an hour. Mend it, then: azd hooks run postdeploy`,
  );
}
