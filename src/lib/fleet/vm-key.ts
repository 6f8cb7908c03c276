/**
 * How a VM is named in our tables, messages and API: `<subscriptionId>~<resourceGroup>~<name>`, lower case.
 * It can be read by people, is free of the characters that table keys forbid, and says the VM's scope without a look-up.
 */
import * as z from "zod";
import { parseResourceId, type ResourceId } from "./resource-id.ts";

/** Subscription 64, resource group 90, name 80, and what parts them. */
export const LONGEST_VM_KEY = 236;

export const vmKeySchema = z
  .string()
  .regex(/^[0-9a-z-]{1,64}~[^~/\\#?%\p{Cc}\p{Cs}]{1,90}~[^~/\\#?%\p{Cc}\p{Cs}]{1,80}$/u, {
    error: "expected <subscriptionId>~<resourceGroup>~<name>, in lower case",
  })
  .refine((text) => text === text.toLowerCase(), { error: "expected lower case" })
  .brand<"VmKey">();

export type VmKey = z.infer<typeof vmKeySchema>;

export interface VmName {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const VM_TYPE = "microsoft.compute/virtualmachines";
/** Writes through Microsoft.Resources/tags may name the tags resource below the VM. */
const TAGS_SUFFIX = /\/providers\/Microsoft\.Resources\/tags\/default$/i;

/** The key of the VM that `id` names, also when it names the VM's tags; undefined for every other resource. */
export function vmKeyOf(id: string): VmKey | undefined {
  const parsed = parseResourceId(id.replace(TAGS_SUFFIX, ""));
  if (parsed === undefined || parsed.type.toLowerCase() !== VM_TYPE) return undefined;
  return vmKeySchema.safeParse(keyText(parsed)).data;
}

const keyText = ({ subscriptionId, resourceGroup, names }: ResourceId): string =>
  `${subscriptionId}~${resourceGroup}~${names.join("/")}`.toLowerCase();

/** The parts of a key, all in lower case, which ARM accepts as well as any other casing. */
export function vmNameOf(key: VmKey): VmName {
  const [subscriptionId = "", resourceGroup = "", name = ""] = key.split("~");
  return { subscriptionId, resourceGroup, name };
}

/** The ARM id of the VM, in lower case as its key is. */
export function vmIdOf(key: VmKey): string {
  const { subscriptionId, resourceGroup, name } = vmNameOf(key);
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachines/${name}`;
}
