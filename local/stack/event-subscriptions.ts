/**
 * The event subscriptions of a deployment: the classic topic for actions and both kinds of tagging, and
 * Resource Notifications. One change so raises several events, as it does in Azure.
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
        advancedFilters: [
          { operatorType: "StringContains", key: "subject", values: [`/providers/${VM_TYPE}/`] },
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
    {
      name: "vm-resources",
      topic: "resourceNotifications",
      schema: "CloudEventSchemaV1_0",
      endpoint: webhook,
      filter: {
        advancedFilters: [
          { operatorType: "StringIn", key: "data.resourceInfo.type", values: [VM_TYPE] },
        ],
      },
    },
  ];
}
