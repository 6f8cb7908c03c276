/** Delayed messages on a real queue, as the Functions host will read them. */
import { QueueServiceClient } from "@azure/storage-queue";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { azureDelayedMessages } from "../../src/lib/azure/azure-delayed-messages.ts";
import type { DelayedMessages } from "../../src/lib/operations/messages.ts";
import { queues } from "../../src/names.ts";
import { operationId, vmKey } from "../fixtures/records.ts";
import { storageCredential } from "./real-storage.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";

const storage = storageOfThisFile();
let service: QueueServiceClient;
let delayed: DelayedMessages;

beforeAll(() => {
  service = QueueServiceClient.fromConnectionString(storage().connectionString);
});
beforeEach(async () => {
  for (const queue of Object.values(queues)) await service.getQueueClient(queue).deleteIfExists();
  delayed = azureDelayedMessages(storage().urls.queue, storageCredential);
});

/** The one visible message of a queue, as soon as there is one. */
async function messageOn(queue: string) {
  return await vi.waitFor(
    async () => {
      const { receivedMessageItems } = await service.getQueueClient(queue).receiveMessages();
      const [message] = receivedMessageItems;
      if (message === undefined) throw new Error("No message is visible.");
      return message;
    },
    { timeout: 10_000, interval: 20 },
  );
}

const decoded = (text: string): unknown => JSON.parse(Buffer.from(text, "base64").toString());

describe("a delayed message", () => {
  test.each<[string, (messages: DelayedMessages) => Promise<void>, object]>([
    ["plan-vm", (to) => to.planVm({ vm: vmKey() }, 0), { vm: vmKey() }],
    [
      "start-operation",
      (to) => to.startOperation({ operation: operationId() }, 0),
      { operation: operationId() },
    ],
    [
      "track-operation",
      (to) => to.trackOperation({ operation: operationId(), look: 2 }, 0),
      { operation: operationId(), look: 2 },
    ],
  ])(
    "goes to %s, which is made when it is missing, as JSON in base64",
    async (queue, send, message) => {
      await send(delayed);
      expect(decoded((await messageOn(queue)).messageText)).toEqual(message);
    },
  );

  test("never expires", async () => {
    await delayed.planVm({ vm: vmKey() }, 0);
    const { expiresOn } = await messageOn(queues.planVm);
    expect(expiresOn.getUTCFullYear()).toBeGreaterThan(9000);
  });

  test("is visible at its time, never before", async () => {
    const before = Date.now();
    await delayed.planVm({ vm: vmKey() }, 1200);
    await messageOn(queues.planVm);
    expect(Date.now() - before).toBeGreaterThanOrEqual(1200);
  });

  test("that is late already is visible at once", async () => {
    await delayed.planVm({ vm: vmKey() }, -5000);
    const { receivedMessageItems } = await service.getQueueClient(queues.planVm).receiveMessages();
    expect(receivedMessageItems).toHaveLength(1);
  });

  test("may be for later than a queue can delay", async () => {
    await delayed.planVm({ vm: vmKey() }, 30 * 86_400_000);
    const queue = service.getQueueClient(queues.planVm);
    expect((await queue.getProperties()).approximateMessagesCount).toBe(1);
    expect((await queue.receiveMessages()).receivedMessageItems).toEqual([]);
  });

  test("of many at once are all sent, though the queue is missing", async () => {
    const names = Array.from({ length: 20 }, (_, number) => vmKey(`vm-${number}`));
    await Promise.all(names.map((vm) => delayed.planVm({ vm }, 0)));
    const queue = service.getQueueClient(queues.planVm);
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
    const sent = receivedMessageItems.map(({ messageText }) => decoded(messageText));
    expect(sent).toHaveLength(20);
    expect(sent).toEqual(expect.arrayContaining(names.map((vm) => ({ vm }))));
  });
});
