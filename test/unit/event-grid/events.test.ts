import { EventGridDeserializer } from "@azure/eventgrid";
import { describe, expect, test } from "vitest";
import { classicEvent } from "../../../local/event-grid/classic-event.ts";
import { envelope } from "../../../local/event-grid/envelope.ts";
import type { Event } from "../../../local/event-grid/event.ts";
import { resourceNotification } from "../../../local/event-grid/resource-notification.ts";
import type { EventSchema } from "../../../local/event-grid/subscription.ts";
import {
  SUBSCRIPTION_ID,
  VM_ID,
  vmCreated,
  vmDeleted,
  vmDeleteFailed,
  vmStarted,
  vmStartFailed,
  vmTagged,
  vmUpdated,
  vmUpdateFailed,
} from "./changes.ts";

const changes = { vmCreated, vmUpdated, vmTagged, vmStarted, vmDeleted };

const words = (text: string): string[] => text.split(" ");
const without = (names: readonly string[], name: string) => names.filter((each) => each !== name);
const keysOf = (value: unknown): string[] => Object.keys(value as object).sort();

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

  test.each([
    ["write", vmUpdateFailed, "ResourceWriteFailure"],
    ["deletion", vmDeleteFailed, "ResourceDeleteFailure"],
    ["action", vmStartFailed, "ResourceActionFailure"],
  ])("reports a %s that failed", (_what, change, type) => {
    expect(classicEvent(change)).toMatchObject({
      type: `Microsoft.Resources.${type}`,
      data: { status: "Failed", operationName: change.operationName },
    });
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

  test("say nothing of actions, of failures, nor of resources the topic does not cover", () => {
    const { resource: _none, ...uncovered } = vmCreated;
    expect(resourceNotification(vmStarted)).toBeUndefined();
    expect(resourceNotification(vmUpdateFailed)).toBeUndefined();
    expect(resourceNotification(vmDeleteFailed)).toBeUndefined();
    expect(resourceNotification(uncovered)).toBeUndefined();
  });
});

describe("an event has exactly what Azure documents", () => {
  const read = (event: Event | undefined, schema: EventSchema) => {
    const parsed: unknown = JSON.parse(envelope(event ? [event] : [], schema).body);
    return schema === "EventGridSchema" ? (parsed as unknown[])[0] : parsed;
  };
  const ownEnvelope = words(
    "data dataVersion eventTime eventType id metadataVersion subject topic",
  );
  const cloudEnvelope = words("data id source specversion subject time type");
  const classicData = words(
    "authorization claims correlationId httpRequest operationName resourceProvider resourceUri status subscriptionId tenantId",
  );

  test.each([
    ["classic", classicEvent(vmDeleted)],
    ["notification", resourceNotification(vmCreated)],
  ])("in its envelopes: %s", (_kind, event) => {
    expect(keysOf(read(event, "EventGridSchema"))).toEqual(ownEnvelope);
    expect(keysOf(read(event, "CloudEventSchemaV1_0"))).toEqual(cloudEnvelope);
  });

  test("in the data of the classic topic", () => {
    const { data } = classicEvent(vmDeleted);
    const authorization = data["authorization"] as { evidence: object };
    expect(keysOf(data)).toEqual(classicData);
    expect(keysOf(classicEvent(vmCreated).data)).toEqual(without(classicData, "httpRequest"));
    expect(keysOf(data["httpRequest"])).toEqual(
      words("clientIpAddress clientRequestId method url"),
    );
    expect(keysOf(authorization)).toEqual(words("action evidence scope"));
    expect(keysOf(authorization.evidence)).toEqual(
      words("principalId principalType role roleAssignmentId roleAssignmentScope roleDefinitionId"),
    );
    expect(keysOf(data["claims"]).filter((name) => !name.startsWith("http"))).toEqual(
      words("aio appid appidacr aud exp iat iss nbf uti ver"),
    );
  });

  test("in the data of Resource Notifications", () => {
    const written = resourceNotification(vmCreated)?.data;
    const gone = resourceNotification(vmDeleted)?.data;
    expect(keysOf(written)).toEqual(words("apiVersion operationalInfo resourceInfo"));
    expect(keysOf(written?.["resourceInfo"])).toEqual(
      words("id location name properties tags type"),
    );
    expect(keysOf(gone)).toEqual(words("operationalInfo resourceInfo"));
    expect(keysOf(gone?.["resourceInfo"])).toEqual(words("id name type"));
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
