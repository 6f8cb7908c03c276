import { EventGridDeserializer } from "@azure/eventgrid";
import { describe, expect, test } from "vitest";
import { classicEvent } from "../../../local/event-grid/classic-event.ts";
import { envelope } from "../../../local/event-grid/envelope.ts";
import { resourceNotification } from "../../../local/event-grid/resource-notification.ts";
import {
  SUBSCRIPTION_ID,
  VM_ID,
  vmCreated,
  vmDeleted,
  vmStarted,
  vmTagged,
  vmUpdated,
} from "./changes.ts";

const changes = { vmCreated, vmUpdated, vmTagged, vmStarted, vmDeleted };

describe("the classic topic", () => {
  test.each([
    ["vmCreated", "ResourceWriteSuccess", "Microsoft.Compute", undefined],
    ["vmUpdated", "ResourceWriteSuccess", "Microsoft.Compute", "PATCH"],
    ["vmTagged", "ResourceWriteSuccess", "Microsoft.Resources", undefined],
    ["vmStarted", "ResourceActionSuccess", "Microsoft.Compute", "POST"],
    ["vmDeleted", "ResourceDeleteSuccess", "Microsoft.Compute", "DELETE"],
  ] as const)("reports %s as %s of %s", (name, type, resourceProvider, method) => {
    const change = changes[name];
    const event = classicEvent(change);
    expect(event).toMatchObject({
      type: `Microsoft.Resources.${type}`,
      topic: `/subscriptions/${SUBSCRIPTION_ID}`,
      subject: VM_ID,
      time: "2026-01-15T18:38:04.6110000Z",
      dataVersion: "2",
      data: {
        authorization: { scope: VM_ID, action: change.operationName },
        correlationId: "c-1",
        resourceProvider,
        resourceUri: VM_ID,
        operationName: change.operationName,
        status: "Succeeded",
        subscriptionId: SUBSCRIPTION_ID,
      },
    });
    expect(event.data["httpRequest"]).toEqual(method && expect.objectContaining({ method }));
  });

  test.each(Object.keys(changes) as (keyof typeof changes)[])("says no tags of %s", (name) => {
    const text = JSON.stringify(classicEvent(changes[name]));
    expect(text).not.toContain("restore-points");
    expect(text).not.toContain("westeurope");
  });
});

describe("Resource Notifications", () => {
  test.each(["vmCreated", "vmUpdated", "vmTagged"] as const)("report %s with tags", (name) => {
    expect(resourceNotification(changes[name])).toMatchObject({
      type: "Microsoft.ResourceNotifications.Resources.CreatedOrUpdated",
      subject: VM_ID,
      dataVersion: "1",
      data: {
        resourceInfo: {
          id: VM_ID,
          name: "web-01",
          type: "Microsoft.Compute/virtualMachines",
          location: "westeurope",
          tags: { "restore-points": "hourly" },
          properties: { vmId: "v-1" },
        },
        operationalInfo: { resourceEventTime: "2026-01-15T18:38:04.6110000Z" },
      },
    });
  });

  test("report a deletion with the identity alone", () => {
    expect(resourceNotification(vmDeleted)).toMatchObject({
      type: "Microsoft.ResourceNotifications.Resources.Deleted",
      data: {
        resourceInfo: { id: VM_ID, name: "web-01", type: "Microsoft.Compute/virtualMachines" },
      },
    });
  });

  test("name the type of a nested resource", () => {
    const event = resourceNotification({ ...vmDeleted, resourceId: `${VM_ID}/extensions/snap` });
    expect(event?.data).toMatchObject({
      resourceInfo: { name: "snap", type: "Microsoft.Compute/virtualMachines/extensions" },
    });
  });

  test("say nothing of actions, nor of resources the topic does not cover", () => {
    const { resource: _none, ...uncovered } = vmCreated;
    expect(resourceNotification(vmStarted)).toBeUndefined();
    expect(resourceNotification(uncovered)).toBeUndefined();
  });
});

describe("Azure's own deserializer", () => {
  const events = Object.entries(changes).flatMap(([name, change]) => {
    const notification = resourceNotification(change);
    const classic = { name: `${name}, classic`, event: classicEvent(change) };
    return notification
      ? [classic, { name: `${name}, notification`, event: notification }]
      : [classic];
  });
  const deserializer = new EventGridDeserializer();

  test.each(events)("reads $name in the Event Grid schema", async ({ event }) => {
    const { body, contentType } = envelope([event], "EventGridSchema");
    expect(contentType).toBe("application/json; charset=utf-8");
    const [read] = await deserializer.deserializeEventGridEvents(body);
    const { type, time, ...same } = event;
    expect(read).toEqual({
      ...same,
      eventType: type,
      eventTime: new Date(time),
      metadataVersion: "1",
    });
  });

  test.each(events)("reads $name as a CloudEvent", async ({ event }) => {
    const { body, contentType } = envelope([event], "CloudEventSchemaV1_0");
    expect(contentType).toBe("application/cloudevents+json; charset=utf-8");
    expect(JSON.parse(body)).toHaveProperty("specversion", "1.0");
    const [read] = await deserializer.deserializeCloudEvents(body);
    const { topic, time, dataVersion: _none, ...same } = event;
    expect(read).toEqual({ ...same, source: topic, specversion: "1.0", time: new Date(time) });
  });
});
