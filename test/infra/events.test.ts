/** What events.bicep subscribes to, against the events themselves and what the local stack subscribes to. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type EventFilter, passes } from "../../local/event-grid/filter.ts";
import { eventSubscriptions } from "../../local/stack/event-subscriptions.ts";
import { readEvent } from "../../src/lib/events/resource-event.ts";
import { readModule } from "./bicep/module.ts";
import { literalOf, valueAt } from "./bicep/nodes.ts";
import { INFRA } from "./bicep/tree.ts";

const events = readModule(join(INFRA, "events.bicep"));
const subscription = readModule(join(INFRA, "modules/event-subscription.bicep"));

function filterOf(variable: string): EventFilter {
  const found = events.variables.find(({ name }) => name === variable);
  return literalOf(found?.value) as EventFilter;
}

const operations = filterOf("operations");
const changes = filterOf("changes");

const folder = fileURLToPath(new URL("../fixtures/events", import.meta.url));
const received = readdirSync(folder)
  .filter((name) => name.endsWith(".cloudevent.json"))
  .map((name) => ({ name, event: JSON.parse(readFileSync(join(folder, name), "utf8")) }));

test("events.bicep filters operations as the local stack does", () => {
  expect(eventSubscriptions(() => "").map(({ filter }) => filter)).toEqual([operations]);
});

describe("of the events that Azure sends", () => {
  test.each(received)("$name reaches the app just if the app makes something of it", (sent) => {
    const event = { ...sent.event, topic: sent.event.source, dataVersion: "1" };
    const is = (filter: EventFilter) => passes(event, filter, "CloudEventSchemaV1_0");
    const meant = readEvent(sent.event).kind === "vmChanged";
    expect(is(operations) || is(changes)).toBe(meant);
  });

  test.each([
    ["about another resource", { resourceUri: "/subscriptions/1/providers/Microsoft.Storage/x/y" }],
    [
      "of a restart, which changes nothing",
      { operationName: "Microsoft.Compute/virtualMachines/restart/action" },
    ],
    ["of an extension", { operationName: "Microsoft.Compute/virtualMachines/extensions/write" }],
  ])("one %s does not", (_, other) => {
    const tagged = received.find(({ name }) => name === "vm-tags-write.cloudevent.json")?.event;
    const event = { ...tagged, topic: "", dataVersion: "1", data: { ...tagged.data, ...other } };
    expect(passes(event, operations, "CloudEventSchemaV1_0")).toBe(false);
  });
});

describe("each event subscription", () => {
  const properties = valueAt(
    subscription.resources.find(({ existing }) => !existing)?.object,
    "properties",
  );
  const literal = (...path: string[]) => literalOf(valueAt(properties, ...path));

  test("asks for CloudEvents", () => {
    expect(literal("eventDeliverySchema")).toBe("CloudEventSchemaV1_0");
  });

  test("goes to a function", () => {
    expect(literal("destination", "endpointType")).toBe("AzureFunction");
  });

  test("is tried as long as Event Grid does at the most", () => {
    expect(literal("retryPolicy")).toEqual({
      maxDeliveryAttempts: 30,
      eventTimeToLiveInMinutes: 1440,
    });
  });
});

test("events.bicep names the function that the app registers", () => {
  const table = readFileSync(new URL("../../src/app.ts", import.meta.url), "utf8");
  const [, name] = /app\.eventGrid\("(\w+)"/.exec(table) ?? [];
  const described = events.params.find((param) => param.name === "functionId")?.description;
  expect(described).toContain(`/functions/${name}\``);
});
