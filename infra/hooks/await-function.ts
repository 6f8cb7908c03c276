import type { AzureCli } from "./azure-cli.ts";

const API_VERSION = "2024-11-01";
const LOOK_EVERY_MS = 10_000;
const LOOKS = 60;

/**
 * Waits until the deployed function is known to Azure Resource Manager: Event Grid refuses a function that is not there,
 * and a Flex Consumption app shows its functions a while after the deployment that has brought them.
 */
export async function awaitFunction(
  az: AzureCli,
  functionId: string,
  print: (line: string) => void,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<void> {
  for (let look = 1; look <= LOOKS; look++) {
    if (await az.has(functionId, API_VERSION)) return;
    if (look === 1) print("The function ResourceChanged is not there yet. Waiting for it.");
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(
    `The function is not there after ten minutes: ${functionId}
Look at the app's deployment and its log stream: an app whose settings are wrong has no functions.`,
  );
}
