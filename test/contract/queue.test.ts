/** What a storage queue does: the one in memory that the simulation uses, and one on Azurite. */
import { type QueueClient, QueueServiceClient, RestError } from "@azure/storage-queue";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { InMemoryQueue, type ReceivedMessage } from "../fakes/in-memory-queue.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";

interface TestedQueue {
  send(text: string, delayMs?: number): Promise<void>;
  receive(visibilityMs?: number): Promise<ReceivedMessage | undefined>;
  /** False when it is no longer ours. */
  delete(message: ReceivedMessage): Promise<boolean>;
  hide(message: ReceivedMessage, delayMs: number): Promise<ReceivedMessage | undefined>;
}

const LONG = 600_000;
const SECOND = 1000;

function inMemory(): TestedQueue {
  const queue = new InMemoryQueue();
  return {
    send: async (text, delayMs = 0) => queue.send(text, delayMs, Date.now()),
    receive: async (visibilityMs = LONG) => queue.receive(visibilityMs, Date.now()),
    delete: async (message) => queue.delete(message),
    hide: async (message, delayMs) => queue.hide(message, delayMs, Date.now()),
  };
}

/** A message that is no longer ours is not found, or has another receipt. */
async function unlessLost<T>(ask: Promise<T>): Promise<T | undefined> {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof RestError && (error.statusCode === 404 || error.statusCode === 400)) {
      return undefined;
    }
    throw error;
  }
}

const onAzurite = (client: QueueClient): TestedQueue => ({
  send: async (text, delayMs = 0) => {
    await client.sendMessage(text, { visibilityTimeout: delayMs / SECOND });
  },
  receive: async (visibilityMs = LONG) => {
    const visibilityTimeout = visibilityMs / SECOND;
    const [message] = (await client.receiveMessages({ visibilityTimeout })).receivedMessageItems;
    if (message === undefined) return undefined;
    const { messageId: id, popReceipt, messageText: text, dequeueCount } = message;
    return { id, popReceipt, text, dequeueCount };
  },
  delete: async ({ id, popReceipt }) =>
    (await unlessLost(client.deleteMessage(id, popReceipt))) !== undefined,
  hide: async (message, delayMs) => {
    const { id, popReceipt } = message;
    const timeout = delayMs / SECOND;
    const hidden = await unlessLost(client.updateMessage(id, popReceipt, undefined, timeout));
    return hidden && { ...message, popReceipt: hidden.popReceipt ?? "" };
  },
});

const storage = storageOfThisFile();

let queues = 0;
const kinds: [string, () => Promise<TestedQueue>][] = [
  ["in memory", async () => inMemory()],
  [
    "on Azurite",
    async () => {
      const service = QueueServiceClient.fromConnectionString(storage().connectionString);
      const client = service.getQueueClient(`queue-${++queues}`);
      await client.create();
      return onAzurite(client);
    },
  ],
];

describe.each(kinds)("a queue %s", (_kind, create) => {
  let queue: TestedQueue;
  beforeEach(async () => {
    queue = await create();
  });

  const received = async (visibilityMs?: number) => {
    const message = await queue.receive(visibilityMs);
    if (message === undefined) throw new Error("The queue shows no message.");
    return message;
  };
  /** The next message, as soon as one is visible. */
  const next = () => vi.waitFor(() => received(), { timeout: 10_000, interval: 20 });

  test("that is empty gives nothing", async () => {
    expect(await queue.receive()).toBeUndefined();
  });

  test("gives a message once, and hides it", async () => {
    await queue.send("one");
    expect(await received()).toMatchObject({ text: "one", dequeueCount: 1 });
    expect(await queue.receive()).toBeUndefined();
  });

  test("gives the oldest message first", async () => {
    for (const text of ["one", "two", "three"]) await queue.send(text);
    const texts = [await received(), await received(), await received()].map(({ text }) => text);
    expect(texts).toEqual(["one", "two", "three"]);
  });

  test("forgets a message that is deleted, once", async () => {
    await queue.send("one");
    const message = await received(SECOND);
    expect(await queue.delete(message)).toBe(true);
    expect(await queue.delete(message)).toBe(false);
    await queue.send("two");
    expect((await next()).text).toBe("two");
    expect(await queue.receive()).toBeUndefined();
  });

  test("gives a message again that was not deleted in time, and counts", async () => {
    const before = Date.now();
    await queue.send("one");
    const first = await received(SECOND);
    const second = await next();
    expect(Date.now() - before).toBeGreaterThanOrEqual(SECOND);
    expect(second).toMatchObject({ id: first.id, text: "one", dequeueCount: 2 });
    expect(second.popReceipt).not.toBe(first.popReceipt);
  });

  test("does not let a message be deleted by who had it before", async () => {
    await queue.send("one");
    const first = await received(SECOND);
    const second = await next();
    expect(await queue.delete(first)).toBe(false);
    expect(await queue.hide(first, 0)).toBeUndefined();
    expect(await queue.delete(second)).toBe(true);
  });

  test("shows a delayed message at its time, never before, and others meanwhile", async () => {
    const before = Date.now();
    await queue.send("later", 2 * SECOND);
    await queue.send("now");
    expect((await received()).text).toBe("now");
    expect((await next()).text).toBe("later");
    expect(Date.now() - before).toBeGreaterThanOrEqual(2 * SECOND);
  });

  test("shows a message again as soon as its holder says, under a new receipt", async () => {
    await queue.send("one");
    const message = await received();
    const hidden = await queue.hide(message, SECOND);
    expect(hidden).toMatchObject({ id: message.id });
    expect(await queue.receive()).toBeUndefined();
    expect(await queue.delete(message)).toBe(false);
    expect(await next()).toMatchObject({ text: "one", dequeueCount: 2 });
  });

  test("lets a message be deleted by who hid it", async () => {
    await queue.send("one");
    const hidden = await queue.hide(await received(), SECOND);
    expect(hidden && (await queue.delete(hidden))).toBe(true);
  });
});
