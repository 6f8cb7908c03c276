/** Which VMs a policy protects by itself. Everything that is named must match; a list matches with any of its entries. */
import * as z from "zod";
import { parseResourceId } from "../fleet/resource-id.ts";
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import { tagOf } from "../fleet/virtual-machine.ts";

const names = z.array(z.string().min(1).max(90)).min(1).max(100);

export const selectorSchema = z
  .strictObject({
    subscriptions: names.optional(),
    resourceGroups: names.optional(),
    locations: names.optional(),
    /** Tag name and the values that match; `*` matches any. As long as Azure's can be. */
    tags: z
      .record(z.string().min(1).max(512), z.array(z.string().max(256)).min(1).max(100))
      .optional(),
  })
  .refine((selector) => Object.values(selector).some((part) => part !== undefined), {
    error: "must name a subscription, a resource group, a location or a tag",
  });
export type Selector = z.infer<typeof selectorSchema>;

export function selects(selector: Selector, vm: VirtualMachine): boolean {
  const subscription = parseResourceId(vm.id)?.subscriptionId ?? "";
  const { subscriptions, resourceGroups, locations, tags = {} } = selector;
  return (
    isOneOf(subscriptions, subscription) &&
    isOneOf(resourceGroups, vm.resourceGroup) &&
    isOneOf(locations, vm.location) &&
    Object.entries(tags).every(([name, values]) => {
      const value = tagOf(vm, name);
      return value !== undefined && (values.includes("*") || isOneOf(values, value));
    })
  );
}

const isOneOf = (wanted: readonly string[] | undefined, actual: string): boolean =>
  wanted === undefined || wanted.some((each) => each.toLowerCase() === actual.toLowerCase());
