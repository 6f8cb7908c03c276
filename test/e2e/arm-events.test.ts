import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { BlobServiceClient } from "@azure/storage-blob";
import { expect, onTestFinished, test } from "vitest";
import { answering, startWebhook } from "../integration/event-grid/webhook.ts";
import { type Emulator, startEmulator } from "./arm-alone-scene.ts";
import { waitFor } from "./wait-for.ts";

const SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001";
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg`;
const NIC = `${GROUP}/providers/Microsoft.Network/networkInterfaces/one?api-version=2024-05-01`;
const WRITTEN = "Microsoft.Resources.ResourceWriteSuccess";
const NOTIFIED = "Microsoft.ResourceNotifications.Resources.CreatedOrUpdated";

async function givenWebhook(...statuses: number[]) {
  const webhook = await startWebhook(answering(...statuses));
  onTestFinished(webhook.close);
  return webhook;
}

const subscribe = async ({ ask }: Emulator, endpointUrl: string, more: object) =>
  await ask(
    "PUT",
    `${SUBSCRIPTION}/providers/Microsoft.EventGrid/eventSubscriptions/mine?api-version=2022-06-15`,
    {
      properties: {
        destination: { endpointType: "WebHook", properties: { endpointUrl } },
        ...more,
      },
    },
  );

async function writeNetworkInterface({ ask }: Emulator): Promise<void> {
  await ask("PUT", `${GROUP}?api-version=2021-04-01`, { location: "westeurope" });
  const ipConfigurations = [{ name: "one", properties: {} }];
  const made = await ask("PUT", NIC, { location: "westeurope", properties: { ipConfigurations } });
  expect(made.status).toBe(201);
}

test("a webhook that ARM has registered hears of a change, in both kinds of events", async () => {
  const emulator = await startEmulator("--port", "0");
  const webhook = await givenWebhook();
  const subjectBeginsWith = `${GROUP}/providers/Microsoft.Network/`;
  const filter = { includedEventTypes: [WRITTEN, NOTIFIED], subjectBeginsWith };
  expect((await subscribe(emulator, webhook.url, { filter })).status).toBe(201);
  await writeNetworkInterface(emulator);
  const types = await waitFor("both events", async () => {
    const events = webhook.notifications().flatMap(({ body }) => body as { eventType: string }[]);
    return events.length === 2 ? events.map(({ eventType }) => eventType).sort() : undefined;
  });
  expect(types).toEqual([NOTIFIED, WRITTEN]);
  await emulator.end("SIGINT");
});

test("an event that a webhook refuses is a dead letter, once time has gone on", async () => {
  const emulator = await startEmulator("--port", "0");
  const { storage, control, certificateAuthority } = emulator.addresses;
  const authority = readFileSync(certificateAuthority, "utf8");
  setDefaultCACertificates([...getCACertificates("default"), authority]);
  const container = BlobServiceClient.fromConnectionString(storage).getContainerClient("letters");
  await container.create();
  const webhook = await givenWebhook(400);
  const account = `${GROUP}/providers/Microsoft.Storage/storageAccounts/devstoreaccount1`;
  const deadLetterDestination = {
    endpointType: "StorageBlob",
    properties: { resourceId: account, blobContainerName: "letters" },
  };
  const more = { deadLetterDestination, eventDeliverySchema: "EventGridSchema" };
  expect((await subscribe(emulator, webhook.url, more)).status).toBe(201);
  await writeNetworkInterface(emulator);
  await waitFor("the refusal", async () => webhook.notifications()[0]);
  const letter = await waitFor("the dead letter", async () => {
    const body = JSON.stringify({ duration: "PT6M" });
    await fetch(`${control}/clock/advance`, { method: "POST", body });
    for await (const { name } of container.listBlobsFlat()) {
      const { readableStreamBody } = await container.getBlobClient(name).download();
      return readableStreamBody ? await text(readableStreamBody) : undefined;
    }
    return undefined;
  });
  expect(JSON.parse(letter)).toMatchObject([{ eventType: WRITTEN, deliveryAttempts: 1 }]);
  await emulator.end("SIGINT");
});
