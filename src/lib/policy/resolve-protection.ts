/** From a VM's tag to what protects it. Resolving is pure: what to do about it is the plan's business. */
import { tagOf, type VirtualMachine } from "../fleet/virtual-machine.ts";
import type { Policy } from "./policy.ts";
import { selects } from "./selector.ts";
import { noOptions, readTag, type TagOptions } from "./tag.ts";

export type Resolution =
  | {
      readonly kind: "protected";
      /** Absent when the policies have selected the VM themselves. */
      readonly tag?: string;
      readonly policies: readonly string[];
      readonly options: TagOptions;
    }
  | { readonly kind: "unprotected" }
  | { readonly kind: "optedOut"; readonly tag: string }
  | { readonly kind: "misconfigured"; readonly tag: string; readonly reason: string };

export type Policies = ReadonlyMap<string, Policy>;

export function resolveProtection(
  vm: VirtualMachine,
  tagName: string,
  policies: Policies,
): Resolution {
  const tag = tagOf(vm, tagName);
  if (tag === undefined || tag.trim() === "") return selection(vm, policies);
  const reading = readTag(tag, policies);
  switch (reading.kind) {
    case "optOut":
      return { kind: "optedOut", tag };
    case "unreadable":
      return { kind: "misconfigured", tag, reason: reading.reason };
    case "policies":
      return { kind: "protected", tag, policies: reading.policies, options: reading.options };
    default:
      return reading satisfies never;
  }
}

/** Only without a tag: a tag says more about one VM than a policy can. */
function selection(vm: VirtualMachine, policies: Policies): Resolution {
  const selecting = [...policies.values()]
    .filter(({ select }) => select !== undefined && selects(select, vm))
    .map(({ name }) => name)
    .sort();
  return selecting.length === 0
    ? { kind: "unprotected" }
    : { kind: "protected", policies: selecting, options: noOptions };
}
