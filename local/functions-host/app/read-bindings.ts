/** Reads the bindings of a function, as the library wrote them. */
import { parseAuthLevel } from "../http/authorize.ts";
import { resolveTokens } from "../settings/resolve-tokens.ts";
import type { Settings } from "../settings/settings.ts";
import type { QueueOutput, Trigger } from "./hosted-function.ts";
import type { Binding } from "./rpc.ts";

type Bindings = Record<string, Binding>;

/** The one trigger, with the name of its binding. */
export function readTrigger(bindings: Bindings, settings: Settings): [string, Trigger] {
  const found = Object.entries(bindings).filter(([, { direction }]) => direction === "in");
  const [first, ...others] = found;
  if (first === undefined) throw new Error("The function has no trigger.");
  const extra = others[0]?.[1];
  if (extra !== undefined) throw new Error(`Input bindings (${extra.type}) are not supported.`);
  return [first[0], toTrigger(first[1], settings)];
}

function toTrigger(binding: Binding, settings: Settings): Trigger {
  const type = binding.type.toLowerCase();
  switch (type) {
    case "httptrigger":
      return {
        kind: "http",
        route: optionalText(binding, "route"),
        methods: texts(binding["methods"]),
        authLevel: parseAuthLevel(optionalText(binding, "authLevel") ?? "function"),
      };
    case "queuetrigger":
      return {
        kind: "queue",
        queueName: resolveTokens(text(binding, "queueName"), settings),
        connection: optionalText(binding, "connection") ?? "Storage",
        isBinary: optionalText(binding, "dataType")?.toLowerCase() === "binary",
      };
    case "timertrigger":
      return {
        kind: "timer",
        schedule: resolveTokens(text(binding, "schedule"), settings),
        runOnStartup: binding["runOnStartup"] === true,
        useMonitor: binding["useMonitor"] !== false,
      };
    case "eventgridtrigger":
      return {
        kind: "eventGrid",
        isBatched: optionalText(binding, "cardinality")?.toLowerCase() === "many",
      };
    default:
      throw new Error(`Triggers of type ${binding.type} are not supported.`);
  }
}

/** Where returned and extra values go. The HTTP response is not among them. */
export function readOutputs(bindings: Bindings, settings: Settings): QueueOutput[] {
  return Object.entries(bindings)
    .filter(([, { direction, type }]) => direction === "out" && type.toLowerCase() !== "http")
    .map(([name, binding]) => {
      if (binding.type.toLowerCase() !== "queue") {
        throw new Error(`Output bindings of type ${binding.type} are not supported.`);
      }
      const queueName = resolveTokens(text(binding, "queueName"), settings);
      if (queueName.includes("{")) throw new Error("Binding expressions are not supported.");
      return { name, queueName, connection: optionalText(binding, "connection") ?? "Storage" };
    });
}

function text(binding: Binding, option: string): string {
  const value = optionalText(binding, option);
  if (value === undefined) throw new Error(`The ${binding.type} has no ${option}.`);
  return value;
}

function optionalText(binding: Binding, option: string): string | undefined {
  const value = binding[option];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
