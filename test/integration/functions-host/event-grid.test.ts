import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FunctionsHost } from "../../../local/functions-host/spawn.ts";
import { Hosts, seen } from "./harness.ts";

const hosts = new Hosts();
let host: FunctionsHost;

beforeAll(async () => {
  host = await hosts.start("event-grid");
});
afterAll(() => hosts.killAll());

async function deliver(type: string | undefined, content: unknown, functionName = "OnEvent") {
  return await fetch(`${host.url}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(type === undefined ? {} : { "aeg-event-type": type }),
    },
    body: typeof content === "string" ? content : JSON.stringify(content),
  });
}

describe("a subscription is confirmed", () => {
  test("by sending back the code of a validation event", async () => {
    const response = await deliver("SubscriptionValidation", [{ data: { validationCode: "c1" } }]);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ validationResponse: "c1" });
  });

  test("by sending back the code of a CloudEvent", async () => {
    const data = JSON.stringify({ validationCode: "c2" });
    const response = await deliver("SubscriptionValidation", { specversion: "1.0", data });
    expect(await response.json()).toEqual({ validationResponse: "c2" });
  });

  test.each([
    ["eventgrid.azure.us", "eventgrid.azure.us"],
    ["example.com", "eventgrid.azure.net"],
  ])("by allowing its origin: %s", async (origin, allowed) => {
    const url = `${host.url}/runtime/webhooks/eventgrid?functionName=OnEvent`;
    const response = await fetch(url, {
      method: "OPTIONS",
      headers: { "WebHook-Request-Origin": origin },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("webhook-allowed-origin")).toBe(allowed);
  });
});

describe("a delivery", () => {
  test("gives the function each event as it is, with its parts as metadata", async () => {
    const event = { id: "e1", subject: "/vm", eventTime: "2026-01-01T00:00:00Z", data: { Tag: 1 } };
    const cloudEvent = { specversion: "1.0", id: "e2", data: { tag: 2 } };
    expect((await deliver("Notification", [event])).status).toBe(202);
    expect((await deliver("Notification", cloudEvent)).status).toBe(202);
    const all = await seen<{ event: unknown }>(host);
    expect(all).toContainEqual({
      event,
      triggerMetadata: { ...event, data: { tag: 1 } },
    });
    expect(all.map((each) => each.event)).toContainEqual(cloudEvent);
  });

  test("runs all its events at once", async () => {
    const response = await deliver("Notification", [{ id: "1" }, { id: "2" }], "InPairs");
    expect(response.status).toBe(202);
  });

  test("fails as a whole, with the reason, when one event fails", async () => {
    const events = [{ id: "good" }, { id: "bad", data: { fail: true } }];
    const response = await deliver("Notification", events);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("cannot handle bad");
    const all = await seen<{ event: { id: string } }>(host);
    expect(all.map(({ event }) => event.id)).toContain("good");
  });

  test("of an unsubscription is accepted", async () => {
    expect((await deliver("Unsubscribe", [])).status).toBe(202);
  });

  test("of anything else is refused", async () => {
    expect((await deliver(undefined, { specversion: "1.0" })).status).toBe(400);
    expect((await deliver("Other", [])).status).toBe(400);
    expect((await deliver("Notification", "{broken")).status).toBe(500);
  });

  test.each(["onevent", "Unknown", "Seen"])("to %s finds no function", async (name) => {
    const response = await deliver("Notification", [], name);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe(`cannot find function: '${name}'`);
  });
});

test("a function can be run by hand", async () => {
  const response = await fetch(`${host.url}/admin/functions/onevent`, {
    method: "POST",
    body: JSON.stringify({ input: JSON.stringify({ id: "by hand" }) }),
  });
  expect(response.status).toBe(202);
  await expect
    .poll(async () => (await seen<{ event: { id: string } }>(host)).map(({ event }) => event.id), {
      timeout: 30_000,
    })
    .toContain("by hand");
});
