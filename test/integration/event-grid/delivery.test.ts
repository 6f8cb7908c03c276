import { describe, expect, test, vi } from "vitest";
import { vmDeleted, vmStarted, vmTagged } from "../../unit/event-grid/changes.ts";
import { eventGrid, to, webhook } from "./scene.ts";
import { answering } from "./webhook.ts";

describe("delivery", () => {
  test("posts one event in an array with Event Grid's headers", async () => {
    const hook = await webhook();
    const grid = eventGrid();
    await grid.subscribe(to(hook.url));
    grid.publish(vmTagged);
    await grid.idle();
    expect(hook.notifications()).toMatchObject([
      {
        headers: {
          "aeg-delivery-count": "0",
          "aeg-subscription-name": "VM-CHANGES",
          "aeg-data-version": "2",
          "aeg-metadata-version": "1",
          "content-type": "application/json; charset=utf-8",
        },
        body: [{ data: { operationName: "Microsoft.Resources/tags/write" } }],
      },
    ]);
  });

  test("posts a CloudEvent as one object", async () => {
    const hook = await webhook();
    const grid = eventGrid();
    await grid.subscribe(
      to(hook.url, { topic: "resourceNotifications", schema: "CloudEventSchemaV1_0" }),
    );
    grid.publish(vmDeleted);
    await grid.idle();
    expect(hook.notifications()).toMatchObject([
      {
        headers: { "content-type": "application/cloudevents+json; charset=utf-8" },
        body: { specversion: "1.0", type: "Microsoft.ResourceNotifications.Resources.Deleted" },
      },
    ]);
  });

  test("goes only to subscriptions whose topic and filter fit", async () => {
    const [all, deletions, notifications] = [await webhook(), await webhook(), await webhook()];
    const grid = eventGrid();
    await grid.subscribe(to(all.url));
    await grid.subscribe(
      to(deletions.url, {
        filter: { includedEventTypes: ["Microsoft.Resources.ResourceDeleteSuccess"] },
      }),
    );
    await grid.subscribe(to(notifications.url, { topic: "resourceNotifications" }));
    grid.publish(vmStarted);
    grid.publish(vmDeleted);
    await grid.idle();
    const counts = [all, deletions, notifications].map((hook) => hook.notifications().length);
    expect(counts).toEqual([2, 1, 1]);
  });

  test("is tried again until the webhook takes it, as the same event", async () => {
    const hook = await webhook(answering(500, 503, 429));
    const grid = eventGrid();
    await grid.subscribe(to(hook.url));
    grid.publish(vmTagged);
    await grid.idle();
    const tries = hook.notifications();
    expect(tries.map(({ headers }) => headers["aeg-delivery-count"])).toEqual(["0", "1", "2", "3"]);
    expect(new Set(tries.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(grid.deliveries.map(({ outcome, status }) => [outcome, status])).toEqual([
      ["Retrying", 500],
      ["Retrying", 503],
      ["Retrying", 429],
      ["Delivered", 202],
    ]);
  });

  test("is not tried again after a 400", async () => {
    const hook = await webhook(answering(400));
    const grid = eventGrid();
    await grid.subscribe(to(hook.url));
    grid.publish(vmTagged);
    await grid.idle();
    expect(grid.deliveries).toMatchObject([{ outcome: "Dropped", status: 400 }]);
  });

  test("is tried again when the webhook is away, and finds it at its new address", async () => {
    const first = await webhook();
    let address = first.url;
    const grid = eventGrid();
    await grid.subscribe(to(() => address));
    await first.close();
    grid.publish(vmTagged);
    await vi.waitUntil(() => grid.deliveries.length > 0);
    const second = await webhook();
    address = second.url;
    await grid.idle();
    expect(grid.deliveries[0]).toMatchObject({ outcome: "Retrying", status: undefined });
    expect(second.notifications()).toHaveLength(1);
  });

  test("counts silence as a failure, and a failure holds up nothing else", async () => {
    let silent = true;
    const hook = await webhook((request, response) => {
      const held = silent && JSON.stringify(request.body).includes("start/action");
      if (!held) answering()(request, response);
    });
    const policy = { retrySchedule: [1], responseTimeoutInMilliseconds: 50 };
    const grid = eventGrid({ policy });
    await grid.subscribe(to(hook.url));
    grid.publish(vmStarted);
    grid.publish(vmTagged);
    await vi.waitUntil(() => grid.deliveries.some(({ outcome }) => outcome === "Retrying"));
    expect(grid.deliveries[0]).toMatchObject({
      outcome: "Delivered",
      event: { subject: vmTagged.resourceId },
    });
    silent = false;
    await grid.idle();
    expect(grid.deliveries.filter(({ outcome }) => outcome === "Delivered")).toHaveLength(2);
  });
});
