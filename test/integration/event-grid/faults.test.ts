import { describe, expect, test, vi } from "vitest";
import { Clock } from "../../../local/arm/clock.ts";
import type { EventGrid } from "../../../local/event-grid/start-event-grid.ts";
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

describe("bad weather as settings", () => {
  test("drops the next events, then goes on", async () => {
    const hook = await webhook();
    const grid = eventGrid();
    await grid.subscribe(to(hook.url));
    grid.changeEventFaults({ dropNext: 2 });
    for (const change of [vmTagged, vmStarted, vmDeleted]) grid.publish(change);
    await grid.idle();
    expect(outcomesOf(grid)).toEqual(["Lost", "Lost", "Delivered"]);
    expect(grid.eventFaults.dropNext).toBe(0);
  });

  test("drops and duplicates at a rate", async () => {
    const hook = await webhook();
    const grid = eventGrid();
    await grid.subscribe(to(hook.url));
    grid.changeEventFaults({ duplicateRate: 1 });
    grid.publish(vmTagged);
    await grid.idle();
    grid.changeEventFaults({ dropRate: 1 });
    grid.publish(vmTagged);
    await grid.idle();
    expect(outcomesOf(grid)).toEqual(["Delivered", "Delivered", "Lost"]);
  });

  test("sends the next event twice, with one id", async () => {
    const hook = await webhook();
    const grid = eventGrid();
    await grid.subscribe(to(hook.url));
    grid.changeEventFaults({ duplicateNext: 1 });
    grid.publish(vmTagged);
    await grid.idle();
    grid.publish(vmStarted);
    await grid.idle();
    const ids = grid.deliveries.map(({ event }) => event.id);
    expect([ids.length, new Set(ids).size]).toEqual([3, 2]);
  });

  test("holds events back on the emulator's clock", async () => {
    const hook = await webhook();
    const clock = new Clock();
    const grid = eventGrid({ clock });
    await grid.subscribe(to(hook.url));
    grid.changeEventFaults({ delayMs: 3_600_000 });
    grid.publish(vmTagged);
    clock.advance(3_500_000);
    expect(hook.notifications()).toEqual([]);
    clock.advance(100_000);
    await grid.idle();
    expect(hook.notifications()).toHaveLength(1);
  });

  test("lets each second event overtake the first, and keeps none for ever", async () => {
    const hook = await webhook();
    const clock = new Clock();
    const grid = eventGrid({ clock });
    await grid.subscribe(to(hook.url));
    grid.changeEventFaults({ reorder: true });
    for (const change of [vmTagged, vmStarted, vmDeleted]) grid.publish(change);
    await vi.waitUntil(() => grid.deliveries.length === 2);
    clock.advance(5000);
    await grid.idle();
    expect(grid.deliveries.map(({ event }) => event.data["operationName"])).toEqual([
      vmStarted.operationName,
      vmTagged.operationName,
      vmDeleted.operationName,
    ]);
  });

  test.each([
    [{ dropRate: 2 }, /dropRate/],
    [{ duplicateNext: -1 }, /duplicateNext/],
    [{ delayMs: "1" }, /delayMs/],
    [{ rain: true }, /rain/],
    [[], /eventFaults/],
  ])("refuses %j by name, and changes nothing", (change, message) => {
    const grid = eventGrid();
    grid.changeEventFaults({ dropNext: 1 });
    expect(() => grid.changeEventFaults(change)).toThrow(message);
    expect(grid.eventFaults).toMatchObject({ dropNext: 1, dropRate: 0, delayMs: 0 });
  });
});

const outcomesOf = (grid: EventGrid) => grid.deliveries.map(({ outcome }) => outcome);

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
