/** What a PATCH asks for, as the whole body of a PUT. */
import type { Emulator } from "../../emulator.ts";
import type { VirtualMachine } from "../../state/state.ts";
import { renderVirtualMachine } from "./render.ts";

interface Patch {
  readonly tags?: unknown;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly [name: string]: unknown;
}

/** Tags are replaced as a whole, objects are merged, lists are replaced: the data disks that a PATCH leaves out are detached. */
export function patchedBody(emulator: Emulator, vm: VirtualMachine, patch: Patch): unknown {
  const { tags, properties, zones, identity, plan } = patch;
  const current = renderVirtualMachine(emulator, vm);
  return {
    ...current,
    tags: tags ?? current.tags,
    zones: zones ?? current.zones,
    identity: merged(current.identity, identity),
    plan: plan ?? current.plan,
    properties: merged(current.properties, properties),
  };
}

function merged(before: unknown, change: unknown): unknown {
  if (change === undefined) return before;
  if (!isObject(before) || !isObject(change)) return change;
  const names = new Set([...Object.keys(before), ...Object.keys(change)]);
  return Object.fromEntries([...names].map((name) => [name, merged(before[name], change[name])]));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
