import { describe, expect, test } from "vitest";
import type { EventSchema } from "../../../local/event-grid/subscription.ts";
import { vmTagged } from "../../unit/event-grid/changes.ts";
import { eventGrid, to, webhook } from "./scene.ts";
import type { startWebhook } from "./webhook.ts";

describe("the handshake", () => {
  test("of the Event Grid schema posts a validation event", async () => {
    const hook = await webhook();
    await eventGrid().subscribe(to(hook.url));
    expect(hook.received).toMatchObject([
      {
        method: "POST",
        headers: {
          "aeg-event-type": "SubscriptionValidation",
          "aeg-subscription-name": "VM-CHANGES",
        },
        body: [{ eventType: "Microsoft.EventGrid.SubscriptionValidationEvent" }],
      },
    ]);
  });

  test("of CloudEvents asks with OPTIONS", async () => {
    const hook = await webhook();
    await eventGrid().subscribe(to(hook.url, { schema: "CloudEventSchemaV1_0" }));
    expect(hook.received).toMatchObject([
      { method: "OPTIONS", headers: { "webhook-request-origin": "eventgrid.azure.net" } },
    ]);
  });

  test.each<[string, EventSchema, Parameters<typeof startWebhook>[0], RegExp]>([
    ["202", "EventGridSchema", (_, response) => response.writeHead(202).end(), /with 202, not 200/],
    ["no code", "EventGridSchema", (_, response) => response.end("{}"), /with the validation code/],
    ["no JSON", "EventGridSchema", (_, response) => response.end("ok"), /with the validation code/],
    ["404", "CloudEventSchemaV1_0", (_, response) => response.writeHead(404).end(), /with 404/],
    ["no origin", "CloudEventSchemaV1_0", (_, response) => response.end(), /does not allow/],
  ])("fails with %s", async (_case, schema, respond, reason) => {
    const hook = await webhook(respond);
    const grid = eventGrid();
    await expect(grid.subscribe(to(hook.url, { schema }))).rejects.toThrow(reason);
    grid.publish(vmTagged);
    await grid.idle();
    expect(hook.notifications()).toEqual([]);
  });
});
