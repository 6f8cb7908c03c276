import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { restorePointPuts, succeededPoint } from "./api.ts";

let stack: Stack;
afterAll(() => stack?.close());

beforeAll(async () => {
  stack = await startStack({
    hosts: 2,
    arm: { crashConsistentCreateMs: 500 },
    // Both topics in both schemas, and every event five times, in any order.
    subscriptions: (endpoint) =>
      (["classic", "resourceNotifications"] as const).flatMap((topic) =>
        (["EventGridSchema", "CloudEventSchemaV1_0"] as const).map((schema) => ({
          name: `${topic}-${schema}`,
          topic,
          schema,
          endpoint,
        })),
      ),
    eventGrid: {
      faults: { copies: () => 5, delayInMilliseconds: (_event, copy) => ((copy * 7) % 5) * 60 },
    },
  });
});

test("one tag, announced twenty times over two topics in two schemas, gives one restore point", async () => {
  await stack.tagVm("web-01", "hourly");
  await succeededPoint(stack, "web-01");
  await stack.eventGrid.idle();
  expect(stack.eventGrid.deliveries.length).toBeGreaterThanOrEqual(20);
  expect(restorePointPuts(stack, "web-01")).toEqual(["t1-a1"]);
});
