import { describe, expect, test, vi } from "vitest";
import { vmDeleted, vmStarted, vmTagged } from "../../unit/event-grid/changes.ts";
import { eventGrid, to, webhook } from "./scene.ts";
import { answering } from "./webhook.ts";

describe("bad weather", () => {
  test("delivers copies of an event with one id", async () => {
    const hook = await webhook();
    const grid = eventGrid({ faults: { copies: () => 3 } });
    await grid.subscribe(to(hook.url));
    grid.publish(vmTagged);
    await grid.idle();
    const ids = grid.deliveries.map(({ event }) => event.id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  test("reorders what it holds back", async () => {
    const hook = await webhook();
    const grid = eventGrid();
    grid.faults.delayInMilliseconds = ({ type }) => (type.includes("Action") ? 60 : 0);
    await grid.subscribe(to(hook.url));
    grid.publish(vmStarted);
    grid.publish(vmDeleted);
    await grid.idle();
    expect(grid.deliveries.map(({ event }) => event.type)).toEqual([
      "Microsoft.Resources.ResourceDeleteSuccess",
      "Microsoft.Resources.ResourceActionSuccess",
    ]);
  });

  test("loses an event without a trace at the webhook", async () => {
    const hook = await webhook();
    const grid = eventGrid({ faults: { lose: ({ type }) => type.includes("Delete") } });
    await grid.subscribe(to(hook.url));
    grid.publish(vmDeleted);
    await grid.idle();
    expect(hook.notifications()).toEqual([]);
    expect(grid.deliveries).toMatchObject([{ outcome: "Lost" }]);
  });
});

test("closing stops requests and retries that are under way", async () => {
  const hook = await webhook((request, response) => {
    if (request.headers["aeg-event-type"] !== "Notification") answering()(request, response);
    else if (JSON.stringify(request.body).includes("Delete")) response.writeHead(500).end();
  });
  const grid = eventGrid({ policy: { retrySchedule: [3_600_000] } });
  await grid.subscribe(to(hook.url));
  grid.publish(vmTagged);
  grid.publish(vmDeleted);
  await vi.waitUntil(() => hook.notifications().length === 2 && grid.deliveries.length === 1);
  await grid.close();
  await grid.idle();
  grid.publish(vmTagged);
  expect(grid.deliveries).toHaveLength(1);
});
