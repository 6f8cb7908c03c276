import type { Config } from "../config.ts";
import { Recorder } from "./recorder.ts";

/** Undefined without a place to send to: nothing is recorded then, nor loaded. */
export function createRecorder({
  applicationInsights: connectionString,
  identityClientId: clientId,
}: Config): Recorder | undefined {
  if (connectionString === undefined) return undefined;
  return new Recorder(async () => {
    const { azureMonitor } = await import("../lib/azure/azure-monitor.ts");
    return azureMonitor({ connectionString, clientId });
  });
}
