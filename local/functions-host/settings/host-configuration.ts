/** host.json with the app settings that override it, as far as this host heeds it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type LogLevel, parseLogLevel } from "../logs/log-level.ts";
import { flatten } from "./flatten.ts";
import type { Settings } from "./settings.ts";
import { parseTimeSpan } from "./time-span.ts";

export interface QueueOptions {
  readonly batchSize: number;
  readonly newBatchThreshold: number;
  readonly maxPollingIntervalMs: number;
  /** How long a failed message waits for its next try. */
  readonly visibilityTimeoutMs: number;
  readonly maxDequeueCount: number;
  readonly messageEncoding: "base64" | "none";
}

export interface SingletonOptions {
  readonly listenerLockPeriodMs: number;
  readonly listenerLockRecoveryPollingIntervalMs: number;
}

export interface HostConfiguration {
  readonly routePrefix: string;
  readonly functionTimeoutMs: number;
  readonly queues: QueueOptions;
  readonly singleton: SingletonOptions;
  readonly logLevels: ReadonlyMap<string, LogLevel>;
  /** Lower-case names; empty means every function. */
  readonly functions: readonly string[];
}

/** Reads host.json and the overrides `AzureFunctionsJobHost__a__b=value`. */
export async function readHostConfiguration(
  folder: string,
  settings: Settings,
  cores: number,
): Promise<HostConfiguration> {
  const file: unknown = JSON.parse(await readFile(join(folder, "host.json"), "utf8"));
  return hostConfiguration(file, settings, cores);
}

/** `cores` counts in the default of newBatchThreshold. */
export function hostConfiguration(
  hostJson: unknown,
  settings: Settings,
  cores: number,
): HostConfiguration {
  const values = new Map([...flatten(hostJson), ...settings.below("AzureFunctionsJobHost")]);
  if (values.get("version") !== "2.0") throw new Error('host.json must have "version": "2.0".');
  return {
    routePrefix: values.get("extensions:http:routeprefix") ?? "api",
    functionTimeoutMs:
      values.get("functiontimeout") === "-1" ? Infinity : duration(values, "functiontimeout", 300),
    queues: queueOptions(values, settings, cores),
    singleton: {
      listenerLockPeriodMs: duration(values, "singleton:listenerlockperiod", 60),
      listenerLockRecoveryPollingIntervalMs: duration(
        values,
        "singleton:listenerlockrecoverypollinginterval",
        60,
      ),
    },
    logLevels: below(values, "logging:loglevel:", parseLogLevel),
    functions: [...below(values, "functions:", (name) => name.toLowerCase()).values()],
  };
}

function queueOptions(values: Map<string, string>, settings: Settings, cores: number) {
  const name = (option: string) => `extensions:queues:${option}`;
  const batchSize = whole(values, name("batchsize"), 16, 1, 32);
  const isDevelopment = settings.get("AZURE_FUNCTIONS_ENVIRONMENT") === "Development";
  const encoding = values.get(name("messageencoding"))?.toLowerCase() ?? "base64";
  if (encoding !== "base64" && encoding !== "none") {
    throw new Error(`host.json: messageEncoding "${encoding}" is neither base64 nor none.`);
  }
  return {
    batchSize,
    newBatchThreshold: whole(values, name("newbatchthreshold"), Math.floor(batchSize / 2) * cores),
    maxPollingIntervalMs: duration(values, name("maxpollinginterval"), isDevelopment ? 2 : 60),
    visibilityTimeoutMs: duration(values, name("visibilitytimeout"), 0),
    maxDequeueCount: whole(values, name("maxdequeuecount"), 5, 1),
    messageEncoding: encoding,
  } satisfies QueueOptions;
}

function duration(values: Map<string, string>, name: string, fallbackSeconds: number): number {
  const text = values.get(name);
  const value = text === undefined ? fallbackSeconds * 1000 : parseTimeSpan(text);
  if (value === undefined) throw new Error(`host.json: ${name} "${text}" is no hh:mm:ss.`);
  return value;
}

function whole(
  values: Map<string, string>,
  name: string,
  fallback: number,
  lowest = 0,
  highest = Number.MAX_SAFE_INTEGER,
): number {
  const text = values.get(name);
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    throw new Error(`host.json: ${name} "${text}" is out of range.`);
  }
  return value;
}

function below<T>(values: Map<string, string>, prefix: string, convert: (text: string) => T) {
  const found = [...values].filter(([key]) => key.startsWith(prefix));
  return new Map(found.map(([key, value]) => [key.slice(prefix.length), convert(value)]));
}
