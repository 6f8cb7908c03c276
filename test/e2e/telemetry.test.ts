/** What Application Insights is told of the app, by the exporter that is deployed: traces, metrics, and no secret. */
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultAnswer } from "../../local/arm/faults.ts";
import { vmKeyOf } from "../../local/stack/vm-address.ts";
import { looksLikeSecret } from "../../src/lib/audit/looks-like-secret.ts";
import { metrics } from "../../src/lib/metrics.ts";
import { poisonQueueOf, queues } from "../../src/names.ts";
import { spansIn } from "../ingestion/envelope.ts";
import { TelemetryScene } from "../ingestion/telemetry-scene.ts";
import { restorePoints, succeededPoint } from "./api.ts";
import { GrantsScene } from "./grants-scene.ts";
import { waitFor } from "./wait-for.ts";

let scene: TelemetryScene;
/** The creation of the first restore point of web-01. */
let operation: string;
beforeAll(async () => {
  scene = await TelemetryScene.start();
  await scene.stack.tagVm("web-01", "hourly");
  operation = (await succeededPoint(scene.stack, "web-01")).operationId;
});
afterAll(() => scene?.close());

test("a tag is one trace, from the event to the end of the operation, with every request to ARM", async () => {
  const trace = await scene.traceOf(operation);
  const requests = trace.filter(({ isRequest }) => isRequest);
  expect(requests.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      ...["ResourceChanged", "PlanVm", "StartOperation", "TrackOperation", "PlanPoints"],
    ]),
  );
  const ids = new Set(trace.map(({ id }) => id));
  const begins = trace.filter(({ parent }) => parent === undefined || !ids.has(parent));
  // Below the span of the host, which took the event.
  expect(begins.map(({ name }) => name)).toEqual(["ResourceChanged"]);
  const vms = new Set(requests.flatMap(({ properties }) => properties["vm"] ?? []));
  expect([...vms]).toEqual([vmKeyOf("web-01")]);

  expect(trace.filter(({ isRequest }) => !isRequest).map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "GET Microsoft.Compute/virtualMachines",
      "PUT Microsoft.Compute/restorePointCollections",
      "PUT Microsoft.Compute/restorePointCollections/restorePoints",
      "GET Microsoft.Compute/locations/operations",
    ]),
  );
});

test("the lines of the log name the trace that they belong to", async () => {
  const [{ trace = "none" } = {}] = await scene.traceOf(operation);
  const events = scene.lines
    .filter((line) => line.includes(`trace=${trace}`))
    .map((line) => /\b(vmChanged|restorePoint\w+)\b/.exec(line)?.[1]);
  expect(events).toEqual(
    expect.arrayContaining([
      ...["vmChanged", "restorePointPlanned", "restorePointSubmitted", "restorePointSucceeded"],
    ]),
  );
});

const COPIED = {
  schedule: { every: "PT4H" },
  consistency: "CrashConsistent",
  onEvents: ["tagged"],
  retention: { last: 3 },
  copies: [{ region: "northeurope", retention: { last: 2 } }],
};

test("what becomes of VMs, copies and messages is measured", async () => {
  const { stack } = scene;
  await stack.api("/policies/copied", { caller: "policy-admin", method: "PUT", body: COPIED });
  const answer: FaultAnswer = {
    status: 429,
    headers: { "Retry-After": "1" },
    body: { code: "OperationNotAllowed", message: "Too many requests." },
  };
  stack.arm.faults.add({ method: "PUT", path: /\/rpc-db-01-[^/]+$/i, answer });
  await stack.tagVm("db-01", "copied");
  await stack.tagVm("batch-01", "daily");
  const poisoned = Buffer.from(JSON.stringify({ vm: vmKeyOf("web-01") })).toString("base64");
  await QueueServiceClient.fromConnectionString(
    stack.azurite.connectionString(stack.azurite.account),
  )
    .getQueueClient(poisonQueueOf(queues.planVm))
    .sendMessage(poisoned);
  await scene.run("FindBreaches");

  const creation = { kind: "createRestorePoint" };
  expect((await scene.told(metrics.tagToProtected)).value).toBeGreaterThan(0.3);
  await scene.told(metrics.operations, { ...creation, state: "Succeeded", code: "" });
  const code = "VMAgentStatusCommunicationError";
  await scene.told(metrics.operations, { ...creation, state: "Failed", code });
  expect((await scene.told(metrics.copyLag)).value).toBeGreaterThan(0.3);
  await scene.told(metrics.messagesPoisoned, { queue: "PlanVm" });
  await scene.told(metrics.armThrottled, {
    operation: "PUT Microsoft.Compute/restorePointCollections",
  });
  expect((await scene.told(metrics.rpoBreaches)).value).toBe(0);
  expect(scene.spans.find(({ success }) => !success)).toMatchObject({
    name: "PUT Microsoft.Compute/restorePointCollections",
    properties: { code: "OperationNotAllowed" },
  });
});

test("a grant and a reading of its SAS are told of, and nothing that opens anything", async () => {
  const { stack } = scene;
  const grants = new GrantsScene(stack);
  const [point] = await restorePoints(stack, "web-01");
  const { id } = await grants.granted("partner-a", "web-01", point?.name ?? "");
  const sas = await grants.sas("partner-a", id);
  await scene.run("SweepGrants");
  await waitFor("the reading to be told of", () =>
    scene.spans.find(({ name }) => name === "PostAccess"),
  );
  await waitFor("the grant to be counted", () =>
    scene.taken(metrics.grantsActive).find(({ value }) => value === 1),
  );
  expect((await scene.told(metrics.grantsLate)).value).toBe(0);
  expect(scene.spans.map(({ name }) => name)).toContain(
    "POST Microsoft.Compute/restorePointCollections/restorePoints/diskRestorePoints/beginGetAccess",
  );

  const secrets = [stack.azurite.account.key, stack.azurite.disks.key, new URL(sas).search];
  for (const text of scene.ingestion.texts) {
    expect(looksLikeSecret(text)).toBe(false);
    expect(secrets.some((secret) => text.includes(secret))).toBe(false);
  }
});

test("nothing goes to another machine, not even what the exporter would tell of itself", async () => {
  const { firstAt = 0 } = scene.ingestion;
  // It would ask for its configuration 5 to 15 seconds after it was made.
  const due = () => Date.now() > firstAt + 16_000 || undefined;
  await waitFor("the exporter's own requests to be due", due);
  expect(scene.left).toEqual([]);
});

test("what is left to tell is sent when the host ends", async () => {
  const before = scene.ingestion.envelopes.length;
  await scene.stack.api("/vms");
  await scene.stack.hosts[0]?.stop();
  const last = spansIn(scene.ingestion.envelopes.slice(before));
  expect(last.map(({ name }) => name)).toContain("ListVms");
});
