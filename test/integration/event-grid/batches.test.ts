import { expect, test } from "vitest";
import { vmDeleted, vmStarted, vmTagged } from "../../unit/event-grid/changes.ts";
import { eventGrid, to, webhook } from "./scene.ts";
import { answering } from "./webhook.ts";

const batching = { maxEvents: 2, preferredKilobytes: 64 };

test("events published together arrive together, as many as the subscription takes", async () => {
  const hook = await webhook();
  const grid = eventGrid();
  await grid.subscribe(to(hook.url, { batching }));
  for (const change of [vmTagged, vmStarted, vmDeleted]) grid.publish(change);
  await grid.idle();
  const sizes = hook.notifications().map(({ body }) => (body as unknown[]).length);
  expect(sizes.toSorted()).toEqual([1, 2]);
  expect(grid.deliveries).toHaveLength(3);
});

test("a batch that is refused is tried again as a whole", async () => {
  const hook = await webhook(answering(503));
  const grid = eventGrid();
  await grid.subscribe(to(hook.url, { batching }));
  grid.publish(vmTagged);
  grid.publish(vmStarted);
  await grid.idle();
  const [first, second] = hook.notifications();
  expect(first?.body).toHaveLength(2);
  expect(second?.body).toEqual(first?.body);
});

test("CloudEvents come in their own kind of batch", async () => {
  const hook = await webhook();
  const grid = eventGrid();
  await grid.subscribe(to(hook.url, { batching, schema: "CloudEventSchemaV1_0" }));
  grid.publish(vmTagged);
  grid.publish(vmStarted);
  await grid.idle();
  expect(hook.notifications()).toMatchObject([
    {
      headers: { "content-type": "application/cloudevents-batch+json; charset=utf-8" },
      body: [{ specversion: "1.0" }, { specversion: "1.0" }],
    },
  ]);
});

test("a batch stays below its preferred size, except for one event that is larger", async () => {
  const hook = await webhook();
  const grid = eventGrid();
  await grid.subscribe(to(hook.url, { batching: { maxEvents: 10, preferredKilobytes: 1 } }));
  for (const change of [vmTagged, vmStarted, vmDeleted]) grid.publish(change);
  await grid.idle();
  expect(hook.notifications().map(({ body }) => (body as unknown[]).length)).toEqual([1, 1, 1]);
});
