/**
 * Turns what an app registered into what this host runs. It throws on anything it cannot serve: the real host
 * leaves such a function out and logs it, which is easy to miss.
 */
import { isDisabled } from "../settings/is-disabled.ts";
import type { Settings } from "../settings/settings.ts";
import type { HostedFunction } from "./hosted-function.ts";
import { readOutputs, readTrigger } from "./read-bindings.ts";
import type { RegisteredFunction } from "./worker.ts";

/** `allowed` is the list `functions` of host.json, in lower case; empty allows all. Disabled functions are left out. */
export function indexFunctions(
  registered: readonly RegisteredFunction[],
  settings: Settings,
  allowed: readonly string[],
): HostedFunction[] {
  return registered
    .filter(({ metadata: { name } }) => !isDisabled(name, settings))
    .filter(
      ({ metadata: { name } }) => allowed.length === 0 || allowed.includes(name.toLowerCase()),
    )
    .map((each) => indexFunction(each, settings))
    .sort(byName);
}

function indexFunction(registered: RegisteredFunction, settings: Settings): HostedFunction {
  const { metadata, callback } = registered;
  try {
    const [bindingName, trigger] = readTrigger(metadata.bindings, settings);
    const outputs = readOutputs(metadata.bindings, settings);
    if (metadata.retryOptions !== undefined) throw new Error("Retry policies are not supported.");
    return { name: metadata.name, metadata, callback, bindingName, trigger, outputs };
  } catch (cause) {
    throw new Error(`Error indexing method 'Functions.${metadata.name}'.`, { cause });
  }
}

/** OrdinalIgnoreCase, as the host sorts: it decides which of two matching routes answers. */
function byName(left: HostedFunction, right: HostedFunction): number {
  const [a, b] = [left.name.toUpperCase(), right.name.toUpperCase()];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
