/**
 * The event subscription of a deployment: the subscription's own topic, which tells of writes, both kinds of tagging,
 * deletes and actions. Resource Notifications would tell of the same changes once more, and each event costs one
 * reading of the VM.
 */
import type { Subscription } from "../event-grid/subscription.ts";

const VM_TYPE = "Microsoft.Compute/virtualMachines";

export function eventSubscriptions(webhook: () => string): Subscription[] {
  return [
    {
      name: "vm-operations",
      topic: "classic",
      schema: "EventGridSchema",
      endpoint: webhook,
      filter: {
        includedEventTypes: ["Write", "Delete", "Action"].map(
          (what) => `Microsoft.Resources.Resource${what}Success`,
        ),
        advancedFilters: [
          {
            operatorType: "StringContains",
            key: "data.resourceUri",
            values: [`/providers/${VM_TYPE}/`],
          },
          {
            operatorType: "StringIn",
            key: "data.operationName",
            values: [
              `${VM_TYPE}/write`,
              `${VM_TYPE}/delete`,
              `${VM_TYPE}/start/action`,
              `${VM_TYPE}/deallocate/action`,
              "Microsoft.Resources/tags/write",
            ],
          },
        ],
      },
    },
  ];
}
