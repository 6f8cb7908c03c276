import type { Config } from "../config.ts";
import { Recorder } from "./recorder.ts";

/** Undefined without a place to send to: nothing is recorded then, nor loaded. */
export function createRecorder({
  applicationInsights,
  identityClientId: clientId,
}: Config): Recorder | undefined {
  if (applicationInsights === undefined) return undefined;
  const { connectionString, tracesPercent } = applicationInsights;
  const load = async () => {
    const { azureMonitor } = await import("../lib/azure/azure-monitor.ts");
    return azureMonitor({ connectionString, clientId });
  };
  return new Recorder({ load, tracesPercent });
}
