import { describe, expect, test } from "vitest";
import { vmStarted, vmTagged } from "../../unit/event-grid/changes.ts";
import { webhook } from "../event-grid/scene.ts";
import { arm, body, IT, MINUTE } from "./event-subscriptions-scene.ts";

describe("a webhook that agrees later", () => {
  const callbackUrl = "http://127.0.0.1:9/validate";
  /** Answers the handshake with 200 and nothing else; `address` is where it may agree. */
  const silent = async () => {
    const hook = await webhook((_request, response) => response.end());
    const address = () => {
      const [first] = hook.received;
      const events = first?.body as [{ data: { validationUrl: string } }] | undefined;
      return new URL(
        `${first?.headers["webhook-request-callback"] ?? events?.[0].data.validationUrl}`,
      );
    };
    return { ...hook, address };
  };
  const stateOf = async (ask: ReturnType<typeof arm>["ask"]) =>
    ((await ask("GET", IT)).body as { properties: { provisioningState: string } }).properties
      .provisioningState;

  test.each(["EventGridSchema", "CloudEventSchemaV1_0"])(
    "gets events from then on, by %s",
    async (eventDeliverySchema) => {
      const hook = await silent();
      const { ask, grid, subscriptions } = arm({ callbackUrl });
      const answer = await ask("PUT", IT, body(hook.url, { eventDeliverySchema }));
      expect(answer).toMatchObject({
        status: 201,
        body: { properties: { provisioningState: "AwaitingManualAction" } },
      });
      grid.publish(vmTagged);
      expect(subscriptions.agreed(hook.address())).toBe(true);
      expect(await stateOf(ask)).toBe("Succeeded");
      grid.publish(vmStarted);
      await grid.idle();
      expect(grid.deliveries.map(({ event }) => event.type)).toEqual([
        "Microsoft.Resources.ResourceActionSuccess",
      ]);
    },
  );

  test("has ten minutes", async () => {
    const hook = await silent();
    const { ask, clock, subscriptions } = arm({ callbackUrl });
    await ask("PUT", IT, body(hook.url));
    clock.advance(9 * MINUTE);
    expect(await stateOf(ask)).toBe("AwaitingManualAction");
    clock.advance(MINUTE);
    expect(await stateOf(ask)).toBe("Failed");
    expect(subscriptions.agreed(hook.address())).toBe(false);
  });

  test("must know the address it was told", async () => {
    const hook = await silent();
    const { ask, subscriptions } = arm({ callbackUrl });
    await ask("PUT", IT, body(hook.url));
    const guessed = hook.address();
    guessed.searchParams.set("token", "0".repeat(64));
    expect(subscriptions.agreed(guessed)).toBe(false);
    expect(subscriptions.agreed(new URL(callbackUrl))).toBe(false);
    expect(await stateOf(ask)).toBe("AwaitingManualAction");
  });

  test("may agree before it answers", async () => {
    const it = arm({ callbackUrl });
    const hook = await webhook(({ body: events }, response) => {
      const [{ data }] = events as [{ data: { validationUrl: string } }];
      it.subscriptions.agreed(new URL(data.validationUrl));
      response.end();
    });
    const answer = await it.ask("PUT", IT, body(hook.url));
    expect(answer).toMatchObject({ body: { properties: { provisioningState: "Succeeded" } } });
  });
});

describe("as time goes by", () => {
  test("an event subscription ends at its expiration time", async () => {
    const hook = await webhook();
    const { ask, grid, clock } = arm();
    const expirationTimeUtc = new Date(clock.now() + 60 * MINUTE).toISOString();
    await ask("PUT", IT, body(hook.url, { expirationTimeUtc }));
    clock.advance(60 * MINUTE);
    expect(await ask("GET", IT)).toMatchObject({ status: 404 });
    grid.publish(vmTagged);
    await grid.idle();
    expect(hook.notifications()).toEqual([]);
  });

  test("a restart keeps it in force, without another handshake", async () => {
    const hook = await webhook();
    const { ask, grid: gone, kept } = arm();
    await ask("PUT", IT, body(hook.url));
    await gone.close();
    const { grid, subscriptions } = arm({ records: kept });
    subscriptions.resume();
    grid.publish(vmTagged);
    await grid.idle();
    expect(hook.received).toHaveLength(2);
    expect(hook.notifications()).toHaveLength(1);
  });

  test("a state that was cleared has none in force", async () => {
    const hook = await webhook();
    const { ask, grid, kept, subscriptions } = arm();
    await ask("PUT", IT, body(hook.url));
    kept.clear();
    subscriptions.resume();
    grid.publish(vmTagged);
    await grid.idle();
    expect(hook.notifications()).toEqual([]);
  });
});
