import { expect, test, vi } from "vitest";
import { Clock } from "../../../local/arm/clock.ts";
import { vmTagged } from "../../unit/event-grid/changes.ts";
import { eventGrid, to, webhook } from "./scene.ts";
import { answering } from "./webhook.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

test("advancing the clock makes retries due, on Azure's schedule", async () => {
  const hook = await webhook(answering(500, 500, 500, 500));
  const clock = new Clock();
  const grid = eventGrid({ clock });
  await grid.subscribe(to(hook.url));
  grid.publish(vmTagged);
  for (const [index, waiting] of [10, 30, 60, 300].entries()) {
    await vi.waitUntil(() => grid.deliveries.length === index + 1);
    clock.advance(waiting * SECOND);
  }
  await grid.idle();
  expect(grid.deliveries.map(({ outcome }) => outcome)).toEqual([
    ...Array(4).fill("Retrying"),
    "Delivered",
  ]);
});

test("a retry waits while the clock does", async () => {
  const hook = await webhook(answering(500));
  const clock = new Clock();
  const grid = eventGrid({ clock, policy: { retrySchedule: [60 * MINUTE] } });
  await grid.subscribe(to(hook.url));
  grid.publish(vmTagged);
  await vi.waitUntil(() => grid.deliveries.length === 1);
  clock.advance(59 * MINUTE);
  expect(hook.notifications()).toHaveLength(1);
  clock.advance(MINUTE);
  await grid.idle();
  expect(hook.notifications()).toHaveLength(2);
});

test("a subscription may ask for fewer attempts, or a shorter life", async () => {
  const hook = await webhook((request, response) => {
    if (request.headers["aeg-event-type"] !== "Notification") answering()(request, response);
    else response.writeHead(500).end();
  });
  const clock = new Clock();
  const grid = eventGrid({ clock, policy: { retrySchedule: [0] } });
  const few = to(hook.url, { name: "few", retryPolicy: { maxDeliveryAttempts: 3 } });
  const brief = to(hook.url, { name: "brief", retryPolicy: { timeToLiveInMilliseconds: -1 } });
  await grid.subscribe(few);
  await grid.subscribe(brief);
  grid.publish(vmTagged);
  await grid.idle();
  const outcomesOf = (name: string) =>
    grid.deliveries.filter((each) => each.subscription === name).map(({ outcome }) => outcome);
  expect(outcomesOf("few")).toEqual(["Retrying", "Retrying", "Dropped"]);
  expect(outcomesOf("brief")).toEqual(["Dropped"]);
});

test("what is on its way goes to the subscription as it is now, and nowhere once it is gone", async () => {
  const old = await webhook(answering(500, 500));
  const hook = await webhook();
  const clock = new Clock();
  const grid = eventGrid({ clock });
  grid.register("changed", to(old.url));
  grid.register("removed", to(old.url));
  grid.publish(vmTagged);
  await vi.waitUntil(() => grid.deliveries.length === 2);
  grid.register("changed", to(hook.url));
  grid.unregister("removed");
  clock.advance(10 * SECOND);
  await grid.idle();
  expect(old.notifications()).toHaveLength(2);
  expect(hook.notifications()).toHaveLength(1);
});
