/**
 * `Microsoft.ResourceNotifications.Resources.CreatedOrUpdated` and `.Deleted`: the resource with its tags,
 * without who changed it. https://learn.microsoft.com/azure/event-grid/event-schema-resources
 */
import { azureTime, type Event, makeEvent } from "./event.ts";
import type { ResourceChange } from "./resource-change.ts";

const API_VERSION = "2026-04-01";

/** Azure announces resources, not what is attached to them. */
const NOT_COVERED = "Microsoft.EventGrid/";

/** Undefined where Azure sends nothing: actions, failures, and types that this topic does not cover. */
export function resourceNotification(change: ResourceChange): Event | undefined {
  const { resourceId, at, resource } = change;
  if (change.status === "Failed" || change.operationName.startsWith(NOT_COVERED)) return undefined;
  const operationalInfo = { resourceEventTime: azureTime(at) };
  const common = { subject: resourceId, at, dataVersion: "1" };
  switch (change.category) {
    case "Write":
      return (
        resource &&
        makeEvent({
          ...common,
          type: "Microsoft.ResourceNotifications.Resources.CreatedOrUpdated",
          data: {
            resourceInfo: { ...resource, tags: resource.tags ?? {} },
            apiVersion: API_VERSION,
            operationalInfo,
          },
        })
      );
    case "Delete":
      return makeEvent({
        ...common,
        type: "Microsoft.ResourceNotifications.Resources.Deleted",
        data: { resourceInfo: identityOf(resourceId), operationalInfo },
      });
    case "Action":
      return undefined;
    default:
      throw new Error(`Not a category of change: ${change.category satisfies never}`);
  }
}

/** `…/providers/Microsoft.Compute/virtualMachines/web-01` → id, name and type; a resource group has no provider. */
function identityOf(id: string): { id: string; name: string; type: string } {
  if (!id.includes("/providers/")) {
    const name = id.slice(id.lastIndexOf("/") + 1);
    return { id, name, type: "Microsoft.Resources/resourceGroups" };
  }
  const [namespace = "", ...segments] = id.split("/providers/").at(-1)?.split("/") ?? [];
  const types = segments.filter((_, index) => index % 2 === 0);
  return { id, name: segments.at(-1) ?? "", type: [namespace, ...types].join("/") };
}
