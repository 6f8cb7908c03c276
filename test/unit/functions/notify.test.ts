/** The functions that tell operators: the fleet is looked through, a message is published, and one that failed comes again. */
import type { Timer } from "@azure/functions";
import { describe, expect, test } from "vitest";
import { findBreaches } from "../../../src/functions/find-breaches.ts";
import { notify } from "../../../src/functions/notify.ts";
import { poisonedNotice } from "../../../src/functions/poison-messages.ts";
import { invocation } from "../../fakes/invocation.ts";
import { operation, operationId } from "../../fixtures/records.ts";
import { Scene } from "../notify/scene.ts";

const timer: Timer = {
  schedule: { adjustForDST: false },
  scheduleStatus: { last: "", next: "", lastUpdated: "" },
  isPastDue: false,
};
const message = { of: "operation", operation: operationId() } as const;

test("FindBreaches has the fleet looked through", async () => {
  const scene = new Scene();
  await findBreaches(scene)(timer, invocation().context);
  expect(scene.told).toEqual([{ message: { of: "fleet" }, delayMs: 0 }]);
});

test("Notify publishes what its message is about", async () => {
  const scene = new Scene();
  const endedAt = "2026-01-31T10:00:30.000Z";
  await scene.tables.operations.insert(operation({ state: "Succeeded", endedAt }));
  const { context, lines } = invocation();
  await notify(scene)(message, context);
  expect(scene.published.map(({ id }) => id)).toEqual([operationId()]);
  expect(lines).toEqual([
    `information notificationPublished id=${operationId()} type=VmRestorePoints.RestorePointCreated`,
  ]);
});

describe("PoisonNotify", () => {
  test("has it published later, and logs an error", async () => {
    const scene = new Scene();
    const { context, lines } = invocation();
    await poisonedNotice(scene)(message, context);
    expect(scene.told).toEqual([{ message: { ...message, again: 1 }, delayMs: 60_000 }]);
    expect(lines).toEqual([expect.stringMatching(/^error messagePoisoned .*retryInMs=60000$/)]);
  });

  test("leaves the message with the host while it cannot be sent", async () => {
    const scene = new Scene();
    scene.notifications.tell = () => Promise.reject(new Error("The storage is down."));
    const { context } = invocation("PoisonNotify");
    await expect(poisonedNotice(scene)(message, context)).rejects.toThrow("The storage is down.");
  });
});

test.each([
  ["notify", undefined],
  ["notify", { of: "operation", operation: "1" }],
  ["notify", { of: "grant", grant: "app-1~01", happened: "issued" }],
  ["notify", { of: "operation", operation: operationId(), again: 0 }],
  ["poisonedNotice", { of: "weather" }],
] as const)("%s drops %j, with its reason", async (name, wrong) => {
  const { context, lines } = invocation(name);
  await { notify, poisonedNotice }[name](new Scene())(wrong, context);
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`^warning messageDropped function=${name} reason=.`)),
  ]);
});
