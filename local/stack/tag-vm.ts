/**
 * Tags a VM in either of Azure's two ways. They raise different events: a write of the VM itself, and
 * `Microsoft.Resources/tags/write`, which the portal, `az tag` and Azure Policy use.
 */
import type { ArmRequest } from "./arm-client.ts";
import { vmIdOf } from "./vm-address.ts";

export type TaggingWay = "vm" | "tags";

export interface Tagging {
  readonly vm: string;
  readonly tag: string;
  /** Undefined removes the tag. */
  readonly value: string | undefined;
  readonly how: TaggingWay;
}

const VM_API_VERSION = "api-version=2026-04-01";
const TAGS_API_VERSION = "api-version=2021-04-01";

type Tags = Readonly<Record<string, string>>;

/** Throws when there is no such VM. */
export async function tagVm(armRequest: ArmRequest, tagging: Tagging): Promise<void> {
  if (tagging.how === "vm") await patchVm(armRequest, tagging);
  else await patchTags(armRequest, tagging);
}

/** The VM's tags now. */
export async function tagsOf(armRequest: ArmRequest, vm: string): Promise<Tags> {
  const response = await armRequest("GET", `${vmIdOf(vm)}?${VM_API_VERSION}`);
  const { tags = {} } = (await response.json()) as { tags?: Tags }; // ARM's own shape
  return tags;
}

/** PATCH of a VM replaces all its tags, so the others are sent along. */
async function patchVm(armRequest: ArmRequest, { vm, tag, value }: Tagging): Promise<void> {
  const { [tag]: _old, ...others } = await tagsOf(armRequest, vm);
  const tags = value === undefined ? others : { ...others, [tag]: value };
  await armRequest("PATCH", `${vmIdOf(vm)}?${VM_API_VERSION}`, { tags });
}

async function patchTags(armRequest: ArmRequest, { vm, tag, value }: Tagging): Promise<void> {
  const path = `${vmIdOf(vm)}/providers/Microsoft.Resources/tags/default?${TAGS_API_VERSION}`;
  const old = value === undefined ? (await tagsOf(armRequest, vm))[tag] : undefined;
  if (value === undefined && old === undefined) return;
  await armRequest("PATCH", path, {
    operation: value === undefined ? "Delete" : "Merge",
    properties: { tags: { [tag]: value ?? old } },
  });
}
