import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Clock } from "../../../local/arm/clock.ts";
import { type Azurite, startAzurite } from "../../../local/azurite/start-azurite.ts";
import { blobDeadLetters } from "../../../local/event-grid/blob-dead-letters.ts";
import type { EventGrid } from "../../../local/event-grid/start-event-grid.ts";
import type { Subscription } from "../../../local/event-grid/subscription.ts";
import { createCertificate, trustInThisProcess } from "../../../local/tls/certificate.ts";
import { SUBSCRIPTION_ID, vmTagged } from "../../unit/event-grid/changes.ts";
import { eventGrid, to, webhook } from "./scene.ts";
import { answering } from "./webhook.ts";

const MINUTE = 60_000;
const ACCOUNT = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/letters`;

/** Year, month, day, hour: none is padded. */
const BLOB_NAME = /^VM-CHANGES\/\d{4}\/[1-9]\d?\/[1-9]\d?\/(?:0|[1-9]\d?)\/[0-9a-f-]{36}\.json$/;

let folder: string;
let azurite: Azurite;
let storage: BlobServiceClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dead-letters-"));
  const certificate = await createCertificate(folder);
  trustInThisProcess(certificate);
  azurite = await startAzurite({ certificate });
  storage = BlobServiceClient.fromConnectionString(azurite.connectionString(azurite.account));
});
afterAll(async () => {
  await azurite?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A webhook that answers so for ever, and a subscription to it whose dead letters go to the container. */
async function givenUp(container: string, status: number, rest: Partial<Subscription> = {}) {
  const hook = await webhook(answering(...Array(50).fill(status)));
  const clock = new Clock();
  const deadLetters = blobDeadLetters(storage);
  const grid = eventGrid({ clock, deadLetters, policy: { retrySchedule: [0] } });
  grid.register("it", {
    ...to(hook.url),
    deadLetterDestination: { resourceId: ACCOUNT, container },
    ...rest,
  });
  grid.publish(vmTagged);
  const outcomes = () => grid.deliveries.map(({ outcome }) => outcome);
  await vi.waitUntil(() => outcomes().includes("Dropped"));
  return { grid, clock, outcomes };
}

/** Half an hour at a time, until nothing waits any more. */
async function advancingUntilIdle(grid: EventGrid, clock: Clock): Promise<void> {
  let idle = false;
  const ending = grid.idle().then(() => {
    idle = true;
  });
  await vi.waitUntil(() => {
    clock.advance(30 * MINUTE);
    return idle;
  });
  await ending;
}

async function lettersIn(container: string): Promise<{ name: string; content: unknown }[]> {
  const client = storage.getContainerClient(container);
  const letters = [];
  for await (const { name } of client.listBlobsFlat()) {
    const bytes = await client.getBlobClient(name).downloadToBuffer();
    letters.push({ name, content: JSON.parse(bytes.toString()) as unknown });
  }
  return letters;
}

test("an event that was refused for good is written five minutes later, in an array", async () => {
  await storage.createContainer("refused");
  const { grid, clock } = await givenUp("refused", 400);
  clock.advance(4 * MINUTE);
  expect(await lettersIn("refused")).toEqual([]);
  clock.advance(MINUTE);
  await grid.idle();
  expect(await lettersIn("refused")).toEqual([
    {
      name: expect.stringMatching(BLOB_NAME),
      content: [
        {
          id: grid.deliveries[0]?.event.id,
          topic: `/subscriptions/${SUBSCRIPTION_ID}`,
          subject: vmTagged.resourceId,
          data: expect.objectContaining({ operationName: "Microsoft.Resources/tags/write" }),
          eventType: "Microsoft.Resources.ResourceWriteSuccess",
          eventTime: expect.any(String),
          dataVersion: "2",
          metadataVersion: "1",
          deadLetterReason: "UndeliverableDueToHttpBadRequest",
          deliveryAttempts: 1,
          lastDeliveryOutcome: "BadRequest",
          publishTime: expect.stringMatching(/Z$/),
          lastDeliveryAttemptTime: expect.stringMatching(/Z$/),
        },
      ],
    },
  ]);
  expect(grid.deliveries.at(-1)).toMatchObject({ outcome: "DeadLettered", attempt: 1 });
});

test("a CloudEvent that was tried in vain tells why in lower case", async () => {
  await storage.createContainer("in-vain");
  const { grid, clock } = await givenUp("in-vain", 404, {
    schema: "CloudEventSchemaV1_0",
    retryPolicy: { maxDeliveryAttempts: 2 },
  });
  clock.advance(5 * MINUTE);
  await grid.idle();
  expect(await lettersIn("in-vain")).toMatchObject([
    {
      content: [
        {
          specversion: "1.0",
          subject: vmTagged.resourceId,
          deadletterreason: "MaxDeliveryAttemptsExceeded",
          deliveryattempts: 2,
          lastdeliveryoutcome: "NotFound",
          publishtime: expect.any(String),
          lastdeliveryattempttime: expect.any(String),
        },
      ],
    },
  ]);
});

test("a container that comes back in time gets the letter", async () => {
  const { grid, clock, outcomes } = await givenUp("later", 400);
  clock.advance(60 * MINUTE);
  await storage.createContainer("later");
  await advancingUntilIdle(grid, clock);
  expect(await lettersIn("later")).toHaveLength(1);
  expect(outcomes()).toEqual(["Dropped", "DeadLettered"]);
});

test("a container that stays away for four hours gets nothing", async () => {
  const { grid, clock, outcomes } = await givenUp("never", 400);
  await advancingUntilIdle(grid, clock);
  expect(outcomes()).toEqual(["Dropped"]);
});

test("without a destination nothing is written", async () => {
  const hook = await webhook(answering(400));
  const grid = eventGrid({ deadLetters: blobDeadLetters(storage) });
  await grid.subscribe(to(hook.url));
  grid.publish(vmTagged);
  await grid.idle();
  expect(grid.deliveries.map(({ outcome }) => outcome)).toEqual(["Dropped"]);
});
