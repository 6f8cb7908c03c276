import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { vmIdOf } from "../../local/stack/vm-address.ts";
import { listedVm, succeededPoint } from "./api.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack;
const lines: string[] = [];
beforeAll(async () => {
  stack = await startStack({
    arm: { crashConsistentCreateMs: 200 },
    onLog: (line) => lines.push(line),
  });
});
afterAll(() => stack?.close());

/** Sends an event the way Event Grid does, and gives the status of the answer. */
async function send(event: object): Promise<number> {
  const url = new URL(
    "/runtime/webhooks/eventgrid?functionName=ResourceChanged",
    stack.hosts[0]?.url,
  );
  const headers = { "aeg-event-type": "Notification", "content-type": "application/json" };
  return (await fetch(url, { method: "POST", headers, body: JSON.stringify([event]) })).status;
}

const logged = (text: string) => lines.filter((line) => line.includes(text));

const write = (id: string, resourceUri: string) => ({
  id,
  eventType: "Microsoft.Resources.ResourceWriteSuccess",
  subject: resourceUri,
  data: { resourceUri, operationName: "Microsoft.Compute/virtualMachines/write" },
});

test.each([
  ["malformed", { id: "malformed", data: "nonsense" }],
  [
    "a foreign resource type",
    write("foreign-type", vmIdOf("x").replace("virtualMachines", "disks")),
  ],
  ["a child of a VM", write("child-of-vm", `${vmIdOf("web-01")}/extensions/agent`)],
])("an event that is %s is acknowledged and logged once", async (_what, event) => {
  const before = logged("eventIgnored").length;
  expect(await send(event)).toBe(202);
  await waitFor("its line", () => (logged("eventIgnored").length > before ? true : undefined));
  expect(logged("eventIgnored")).toHaveLength(before + 1);
});

test("an event for a VM that is gone is acknowledged and logged once", async () => {
  expect(await send(write("gone", vmIdOf("never-was")))).toBe(202);
  await waitFor("its line", () => logged("vmGone")[0]);
  expect(logged("vmGone")).toHaveLength(1);
  expect(await listedVm(stack, "never-was")).toBeUndefined();
});

test("after all of these a tag still does what it shall", async () => {
  await stack.tagVm("web-01", "hourly");
  expect(await succeededPoint(stack, "web-01")).toMatchObject({ slot: "t1" });
});
