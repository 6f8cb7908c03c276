import { describe, expect, test } from "vitest";
import { SUBSCRIPTION_ID, vmTagged } from "../../unit/event-grid/changes.ts";
import { webhook } from "../event-grid/scene.ts";
import { arm, body, CREATED, DELETED, IT } from "./event-subscriptions-scene.ts";

describe("PUT", () => {
  test("shakes hands, then delivers; the answer has the address without its query", async () => {
    const hook = await webhook();
    const { ask, grid } = arm();
    const answer = await ask("PUT", IT, body(hook.url));
    const endpointBaseUrl = hook.url.replace(/\?.*/, "");
    expect(answer).toEqual({
      status: 201,
      body: {
        id: IT,
        name: "vm-changes",
        type: "Microsoft.EventGrid/eventSubscriptions",
        properties: {
          topic: `/subscriptions/${SUBSCRIPTION_ID}`,
          provisioningState: "Succeeded",
          destination: {
            endpointType: "WebHook",
            properties: {
              endpointBaseUrl,
              maxEventsPerBatch: 1,
              preferredBatchSizeInKilobytes: 64,
            },
          },
          filter: { subjectBeginsWith: "", subjectEndsWith: "" },
          eventDeliverySchema: "EventGridSchema",
          retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 },
        },
      },
    });
    expect(hook.received).toMatchObject([
      { body: [{ topic: `/subscriptions/${SUBSCRIPTION_ID}`, subject: "" }] },
    ]);
    grid.publish(vmTagged);
    await grid.idle();
    expect(hook.notifications()).toHaveLength(1);
  });

  test("takes the whole shape, and gives it back", async () => {
    const hook = await webhook();
    const { ask } = arm();
    const resourceId = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/letters`;
    const properties = {
      filter: {
        includedEventTypes: [DELETED, CREATED],
        subjectBeginsWith: "/subscriptions",
        subjectEndsWith: "web-01",
        isSubjectCaseSensitive: false,
        enableAdvancedFilteringOnArrays: true,
        advancedFilters: [
          { operatorType: "StringIn", key: "data.operationName", values: ["a", "b"] },
          { operatorType: "NumberInRange", key: "data.n", values: [[1, 2]] },
          { operatorType: "NumberLessThan", key: "data.n", value: 3 },
          { operatorType: "BoolEquals", key: "data.b", value: true },
          { operatorType: "IsNotNull", key: "data.x" },
        ],
      },
      labels: ["one"],
      eventDeliverySchema: "CloudEventSchemaV1_0",
      retryPolicy: { maxDeliveryAttempts: 5, eventTimeToLiveInMinutes: 60 },
      deadLetterDestination: {
        endpointType: "StorageBlob",
        properties: { resourceId, blobContainerName: "letters" },
      },
      expirationTimeUtc: "2100-01-01T00:00:00Z",
    };
    const answer = await ask("PUT", IT, body(hook.url, properties));
    expect(answer).toMatchObject({ status: 201, body: { properties } });
    expect(await ask("GET", IT.toUpperCase())).toEqual({ status: 200, body: answer.body });
  });

  test("takes back the model that GET gave, with the address added", async () => {
    const hook = await webhook();
    const { ask } = arm();
    const model = (await ask("PUT", IT, body(hook.url))).body as {
      properties: { destination: { properties: object } };
    };
    Object.assign(model.properties.destination.properties, { endpointUrl: hook.url });
    expect(await ask("PUT", IT, model)).toMatchObject({ status: 201 });
  });

  test("of the CloudEvents schema asks with OPTIONS", async () => {
    const hook = await webhook();
    const { ask } = arm();
    await ask("PUT", IT, body(hook.url, { eventDeliverySchema: "CloudEventSchemaV1_0" }));
    expect(hook.received).toMatchObject([{ method: "OPTIONS" }]);
  });

  test.each(["EventGridSchema", "CloudEventSchemaV1_0"])(
    "is refused when the webhook does not agree, by %s, and nothing is registered",
    async (eventDeliverySchema) => {
      const hook = await webhook((_request, response) => response.writeHead(404).end());
      const { ask, grid } = arm();
      const answer = await ask("PUT", IT, body(hook.url, { eventDeliverySchema }));
      expect(answer).toEqual({
        status: 400,
        body: { error: { code: "Url validation", message: expect.stringContaining("404") } },
      });
      expect(JSON.stringify(answer.body)).not.toContain("functionName");
      expect(await ask("GET", IT)).toMatchObject({ status: 404 });
      grid.publish(vmTagged);
      await grid.idle();
      expect(hook.notifications()).toEqual([]);
    },
  );

  test("is refused when nobody listens at the address", async () => {
    const hook = await webhook();
    await hook.close();
    const answer = await arm().ask("PUT", IT, body(hook.url));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "Url validation" } } });
  });

  test("that is refused leaves the one before in force", async () => {
    const [good, bad] = [await webhook(), await webhook((_, response) => response.end())];
    const { ask, grid } = arm();
    await ask("PUT", IT, body(good.url));
    expect(await ask("PUT", IT, body(bad.url))).toMatchObject({ status: 400 });
    grid.publish(vmTagged);
    await grid.idle();
    expect(good.notifications()).toHaveLength(1);
  });

  test("once more sends events to the new address only", async () => {
    const [before, after] = [await webhook(), await webhook()];
    const { ask, grid } = arm();
    await ask("PUT", IT, body(before.url));
    await ask("PUT", IT, body(after.url));
    grid.publish(vmTagged);
    await grid.idle();
    expect([before, after].map((hook) => hook.notifications().length)).toEqual([0, 1]);
  });
});
