/** Whether an app setting switches a function off. */
import type { Settings } from "./settings.ts";

/** `true` and `1` count, in either spelling; Linux plans can only use the one with underscores. */
export function isDisabled(functionName: string, settings: Settings): boolean {
  const value =
    settings.get(`AzureWebJobs.${functionName}.Disabled`) ??
    settings.get(`AzureWebJobs_${functionName}_Disabled`);
  return value !== undefined && (value === "1" || value.toLowerCase() === "true");
}
