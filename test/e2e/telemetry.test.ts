/** What Application Insights is told of the app, by the exporter that is deployed: traces, metrics, and no secret. */
import { QueueServiceClient } from "@azure/storage-queue";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultAnswer } from "../../local/arm/faults.ts";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { vmKeyOf } from "../../local/stack/vm-address.ts";
import { looksLikeSecret } from "../../src/lib/audit/looks-like-secret.ts";
import { metrics } from "../../src/lib/metrics.ts";
import { poisonQueueOf, queues } from "../../src/names.ts";
import { metricsIn, spansIn, type TakenSpan } from "../ingestion/envelope.ts";
import { type Ingestion, startIngestion } from "../ingestion/start-ingestion.ts";
import { LEFT } from "../ingestion/watch-connections.ts";
import { restorePoints, succeededPoint } from "./api.ts";
import { GrantsScene } from "./grants-scene.ts";
import { waitFor } from "./wait-for.ts";

let ingestion: Ingestion;
let stack: Stack;
beforeAll(async () => {
  ingestion = await startIngestion((token) => decodeJwt(token).aud === "https://monitor.azure.com");
  stack = await startStack({
    arm: {
      ...{ crashConsistentCreateMs: 300, applicationConsistentCreateMs: 300 },
      ...{ copyMs: 300, copyProgressStepMs: 100 },
      stoppedVirtualMachine: "agentError",
    },
    env: {
      APPLICATIONINSIGHTS_CONNECTION_STRING: ingestion.connectionString,
      NODE_OPTIONS: `--import=${new URL("../ingestion/watch-connections.ts", import.meta.url)}`,
    },
  });
  ingestion.serve(stack.certificate);
});
afterAll(async () => {
  await stack?.close();
  await ingestion?.close();
});

const spans = () => spansIn(ingestion.envelopes);
const traceOf = (trace: string | undefined) => spans().filter((span) => span.trace === trace);
const output = () => stack.hosts.map((host) => host.output()).join("\n");

/** Runs a timer's function now. */
const run = (name: string) =>
  fetch(new URL(`/admin/functions/${name}`, stack.hosts[0]?.url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });

const ask = (method: string, path: string, body: unknown) =>
  stack.api(path, { caller: "policy-admin", method, body });

/** The values of a metric that have come so far. */
const taken = (metric: { readonly name: string }) =>
  metricsIn(ingestion.envelopes).filter(({ name }) => name === metric.name);

const told = (metric: { readonly name: string }, properties: Record<string, string> = {}) =>
  waitFor(`the metric ${metric.name}`, () =>
    taken(metric).find((each) =>
      Object.entries(properties).every(([name, value]) => each.properties[name] === value),
    ),
  );

/** The trace of an operation, as soon as its end is in it. */
async function traceOfOperation(operation: string): Promise<TakenSpan[]> {
  const of = () => spans().filter(({ properties }) => properties["operation"] === operation);
  const { trace } = await waitFor("the operation to be told of", () => of()[0]);
  await waitFor("its last step to be told of", () => {
    const line = output()
      .split("\n")
      .find((each) => each.includes("restorePointSucceeded") && each.includes(operation));
    return line === undefined
      ? undefined
      : of().some(({ name }) => name === "TrackOperation") || undefined;
  });
  // What followed of it, too.
  await waitFor("its upkeep", () => traceOf(trace).find(({ name }) => name === "PlanPoints"));
  return traceOf(trace);
}

test("a tag is one trace, from the event to the end of the operation, with every request to ARM", async () => {
  await stack.tagVm("web-01", "hourly");
  const { operationId } = await succeededPoint(stack, "web-01");
  const trace = await traceOfOperation(operationId);

  const requests = trace.filter(({ isRequest }) => isRequest);
  const names = new Set(requests.map(({ name }) => name));
  expect([...names].sort()).toEqual(
    [
      "Notify",
      "PlanPoints",
      "PlanVm",
      "ResourceChanged",
      "StartOperation",
      "TrackOperation",
    ].filter((name) => names.has(name) || name !== "Notify"),
  );
  const ids = new Set(trace.map(({ id }) => id));
  const roots = trace.filter(({ parent }) => parent === undefined || !ids.has(parent));
  // Its parent is the host's.
  expect(roots.map(({ name }) => name)).toEqual(["ResourceChanged"]);
  expect(new Set(requests.flatMap(({ properties }) => properties["vm"] ?? []))).toEqual(
    new Set([vmKeyOf("web-01")]),
  );

  const calls = trace.filter(({ isRequest }) => !isRequest).map(({ name }) => name);
  expect(calls).toEqual(
    expect.arrayContaining([
      "GET Microsoft.Compute/virtualMachines",
      "PUT Microsoft.Compute/restorePointCollections",
      "PUT Microsoft.Compute/restorePointCollections/restorePoints",
      "GET Microsoft.Compute/locations/operations",
    ]),
  );
});

test("the lines of the log have the trace that they belong to", async () => {
  const { operationId } = await succeededPoint(stack, "web-01");
  const [{ trace = "none" } = {}] = await traceOfOperation(operationId);
  const events = output()
    .split("\n")
    .filter((line) => line.includes(`trace=${trace}`))
    .map((line) => /\b(vmChanged|restorePoint\w+)\b/.exec(line)?.[1]);
  expect(events).toEqual(
    expect.arrayContaining([
      "vmChanged",
      "restorePointPlanned",
      "restorePointSubmitted",
      "restorePointSucceeded",
    ]),
  );
});

test("what becomes of VMs, copies and messages is measured", async () => {
  const gold = { every: "PT4H" };
  const copied = {
    schedule: gold,
    consistency: "CrashConsistent",
    onEvents: ["tagged"],
    retention: { last: 3 },
  };
  await ask("PUT", "/policies/copied", {
    ...copied,
    copies: [{ region: "northeurope", retention: { last: 2 } }],
  });
  const answer: FaultAnswer = { status: 429, headers: { "Retry-After": "1" } };
  stack.arm.faults.add({ method: "PUT", path: /\/rpc-db-01-[^/]+$/i, answer });
  await stack.tagVm("db-01", "copied");
  await stack.tagVm("batch-01", "daily");
  const poisoned = Buffer.from(JSON.stringify({ vm: vmKeyOf("web-01") })).toString("base64");
  const { azurite } = stack;
  await QueueServiceClient.fromConnectionString(azurite.connectionString(azurite.account))
    .getQueueClient(poisonQueueOf(queues.planVm))
    .sendMessage(poisoned);
  await run("FindBreaches");

  const first = await told(metrics.tagToProtected);
  expect(first.value).toBeGreaterThan(0.3);
  await told(metrics.operations, { kind: "createRestorePoint", state: "Succeeded", code: "" });
  await told(metrics.operations, {
    ...{ kind: "createRestorePoint", state: "Failed" },
    code: "VMAgentStatusCommunicationError",
  });
  expect((await told(metrics.copyLag)).value).toBeGreaterThan(0.3);
  expect((await told(metrics.messagesPoisoned)).properties).toEqual({ queue: "PlanVm" });
  const { properties } = await told(metrics.armThrottled);
  expect(properties["operation"]).toBe("PUT Microsoft.Compute/restorePointCollections");
  expect((await told(metrics.rpoBreaches)).value).toBe(0);
  // Every minute.
  expect((await told(metrics.grantsActive)).value).toBe(0);
  expect((await told(metrics.grantsLate)).value).toBe(0);
});

test("a grant and a reading of its SAS are told of, and nothing that opens anything", async () => {
  const scene = new GrantsScene(stack);
  const [point] = await restorePoints(stack, "web-01");
  const { id } = await scene.granted("partner-a", "web-01", point?.name ?? "");
  const sas = await scene.sas("partner-a", id);
  await waitFor("the reading to be told of", () =>
    spans().find(({ name }) => name === "PostAccess"),
  );
  expect(spans().map(({ name }) => name)).toContain(
    "POST Microsoft.Compute/restorePointCollections/restorePoints/diskRestorePoints/beginGetAccess",
  );
  await run("SweepGrants");
  await waitFor("the grant to be counted", () =>
    taken(metrics.grantsActive).find(({ value }) => value === 1),
  );

  const keys = [stack.azurite.account.key, stack.azurite.disks.key, new URL(sas).search];
  for (const text of ingestion.texts) {
    expect(looksLikeSecret(text)).toBe(false);
    for (const key of keys) expect(text.includes(key)).toBe(false);
  }
});

test("nothing of it goes to another machine, not even what the exporter would tell of itself", async () => {
  const { firstAt = 0 } = ingestion;
  // It asks for its configuration 5 to 15 seconds after it was made.
  await waitFor(
    "the exporter's own requests to be due",
    () => Date.now() > firstAt + 16_000 || undefined,
  );
  expect(output()).not.toContain(LEFT);
});

test("what is left to tell is sent when the host ends", async () => {
  const before = ingestion.envelopes.length;
  const response = await stack.api("/vms");
  expect(response.status).toBe(200);
  await stack.hosts[0]?.stop();
  expect(spansIn(ingestion.envelopes.slice(before)).map(({ name }) => name)).toContain("ListVms");
});
