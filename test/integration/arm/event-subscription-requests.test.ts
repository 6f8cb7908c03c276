import { describe, expect, test, vi } from "vitest";
import { SUBSCRIPTION_ID, vmDeleted, vmStarted, vmTagged } from "../../unit/event-grid/changes.ts";
import { webhook } from "../event-grid/scene.ts";
import { answering } from "../event-grid/webhook.ts";
import {
  ALL,
  arm,
  body,
  CREATED,
  DELETED,
  IT,
  MINUTE,
  typed,
} from "./event-subscriptions-scene.ts";

describe("the event types named", () => {
  test.each([
    ["none: all classic ones", undefined, ["Write", "Action", "Delete"]],
    ["All", ["All"], ["Write", "Action", "Delete"]],
    ["one classic type", [DELETED], ["Delete"]],
    ["a notification", [CREATED], ["CreatedOrUpdated"]],
    ["both kinds", [DELETED, CREATED], ["CreatedOrUpdated", "Delete"]],
  ])("decide what arrives: %s", async (_case, types, expected) => {
    const hook = await webhook();
    const { ask, grid } = arm();
    await ask("PUT", IT, body(hook.url, types ? typed(...types) : {}));
    for (const change of [vmTagged, vmStarted, vmDeleted]) {
      grid.publish(change);
      await grid.idle();
    }
    const arrived = grid.deliveries.map(({ event }) => event.type);
    expect(
      arrived.map((type) => /(?:Resource|Resources\.)(\w+?)(?:Success)?$/.exec(type)?.[1]),
    ).toEqual(expected.map((each) => expect.stringContaining(each)));
  });

  test("only of the event subscription's own Azure subscription", async () => {
    const hook = await webhook();
    const { ask, grid } = arm();
    await ask("PUT", IT, body(hook.url));
    grid.publish({
      ...vmTagged,
      resourceId: vmTagged.resourceId.replace(SUBSCRIPTION_ID, "other"),
    });
    await grid.idle();
    expect(hook.notifications()).toEqual([]);
  });
});

describe("the other requests", () => {
  test("GET of one that is not there is a 404, DELETE a 204", async () => {
    const { ask } = arm();
    expect(await ask("GET", IT)).toEqual({
      status: 404,
      body: { error: { code: "ResourceNotFound", message: "Event subscription doesn't exist." } },
    });
    expect(await ask("DELETE", IT)).toEqual({ status: 204 });
    expect(await ask("PATCH", IT, {})).toMatchObject({ status: 404 });
  });

  test("getFullUrl alone tells the whole address", async () => {
    const hook = await webhook();
    const { ask } = arm();
    await ask("PUT", IT, body(hook.url));
    expect(await ask("POST", `${IT}/getFullUrl`)).toEqual({
      status: 200,
      body: { endpointUrl: hook.url },
    });
    for (const path of [IT, ALL])
      expect(JSON.stringify(await ask("GET", path))).not.toContain("functionName");
  });

  test("GET of all lists those of the Azure subscription", async () => {
    const hook = await webhook();
    const { ask } = arm();
    for (const name of ["two", "one"]) await ask("PUT", `${ALL}/${name}`, body(hook.url));
    await ask("PUT", ALL.replace(SUBSCRIPTION_ID, "other").concat("/three"), body(hook.url));
    expect(await ask("GET", ALL)).toMatchObject({
      status: 200,
      body: { value: [{ name: "one" }, { name: "two" }] },
    });
  });

  test("DELETE ends delivery, also of what is on its way", async () => {
    const hook = await webhook(answering(500));
    const { ask, grid, clock } = arm();
    await ask("PUT", IT, body(hook.url));
    grid.publish(vmTagged);
    await vi.waitUntil(() => grid.deliveries.length === 1);
    expect(await ask("DELETE", IT)).toEqual({ status: 200 });
    clock.advance(60 * MINUTE);
    await grid.idle();
    expect(hook.notifications()).toHaveLength(1);
    expect(await ask("GET", IT)).toMatchObject({ status: 404 });
  });

  test("PATCH changes what it names", async () => {
    const hook = await webhook();
    const { ask } = arm();
    await ask("PUT", IT, body(hook.url, { labels: ["a"] }));
    const answer = await ask("PATCH", IT, { retryPolicy: { maxDeliveryAttempts: 7 } });
    expect(answer).toMatchObject({
      status: 201,
      body: { properties: { labels: ["a"], retryPolicy: { maxDeliveryAttempts: 7 } } },
    });
    expect(await ask("PATCH", IT, { colour: "red" })).toMatchObject({ status: 400 });
  });

  test("every write, deletion and action is announced", async () => {
    const hook = await webhook();
    const { ask, changes } = arm();
    await ask("PUT", IT, body(hook.url));
    await ask("PUT", IT, body(hook.url));
    await ask("POST", `${IT}/getFullUrl`);
    await ask("DELETE", IT);
    const of = (verb: string) => `Microsoft.EventGrid/eventSubscriptions/${verb}`;
    expect(changes.map(({ operationName, httpRequest }) => [operationName, !!httpRequest])).toEqual(
      [
        [of("write"), false],
        [of("write"), true],
        [of("getFullUrl/action"), true],
        [of("delete"), true],
      ],
    );
  });
});
