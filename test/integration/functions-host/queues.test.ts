import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FunctionsHost } from "../../../local/functions-host/spawn.ts";
import { base64, eventually, Hosts, type Storage, seen, startStorage } from "./harness.ts";

interface Message {
  readonly name: string;
  readonly message: unknown;
  readonly triggerMetadata: { dequeueCount: number; id: string };
}

const hosts = new Hosts();
let storage: Storage;
let host: FunctionsHost;

beforeAll(async () => {
  storage = await startStorage();
  host = await hosts.start("queues", { ...storage.env, ORDERS: "orders" });
});
afterAll(async () => {
  await hosts.killAll();
  await storage.stop();
});

const messagesOf = async (name: string) =>
  (await seen<Message>(host)).filter((each) => each.name === name);
const received = (name: string, message: unknown) =>
  eventually(async () =>
    (await messagesOf(name)).find(
      (each) => JSON.stringify(each.message) === JSON.stringify(message),
    ),
  );
const order = (body: unknown, path = "order") =>
  fetch(`${host.url}/api/${path}`, { method: "POST", body: JSON.stringify(body) });

test("a message runs the function, whose return value goes to the next queue, and is deleted", async () => {
  const orders = await storage.queue("orders");
  await orders.sendMessage(base64({ item: "disk" }));
  const { triggerMetadata } = await received("Orders", { item: "disk" });
  expect(triggerMetadata).toMatchObject({
    queueTrigger: { item: "disk" },
    dequeueCount: 1,
    item: "disk",
    id: expect.any(String),
    popReceipt: expect.any(String),
    insertionTime: expect.any(String),
    nextVisibleTime: expect.any(String),
  });
  await received("Shipped", { shipped: { item: "disk" } });
  await eventually(async () => {
    const { approximateMessagesCount } = await orders.getProperties();
    return approximateMessagesCount === 0 ? true : undefined;
  });
});

test("a queue that appears after the start is served", async () => {
  await (await storage.queue("strict")).sendMessage(base64("late"));
  await received("Strict", "late");
});

describe("an output binding", () => {
  test("sends an array as one message for each item, creating the queue", async () => {
    expect((await order([{ a: 1 }, "two"])).status).toBe(202);
    await received("Shipped", { a: 1 });
    await received("Shipped", "two");
  });

  test("sends nothing when the function fails", async () => {
    expect((await order({}, "fails-after-output")).status).toBe(500);
    await order("afterwards");
    await received("Shipped", "afterwards");
    const all = await messagesOf("Shipped");
    expect(all.map(({ message }) => message)).not.toContain("must not be sent");
  });
});

describe("a message that cannot be handled", () => {
  test("is tried maxDequeueCount times, then handed to the poison queue's function", async () => {
    await (await storage.queue("failing")).sendMessage(base64({ will: "fail" }));
    await received("FailingPoison", { will: "fail" });
    const tries = await messagesOf("Failing");
    expect(tries.map(({ triggerMetadata }) => triggerMetadata.dequeueCount)).toEqual([1, 2]);
  });

  test("is moved to the poison queue as it is when it is not base64", async () => {
    await (await storage.queue("strict")).sendMessage("not base64!");
    const poison = await storage.queue("strict-poison");
    const text = await eventually(async () => {
      const { peekedMessageItems } = await poison.peekMessages();
      return peekedMessageItems[0]?.messageText;
    });
    expect(text).toBe("not base64!");
  });
});

test("a function can be run by hand", async () => {
  const body = JSON.stringify({ input: '{"by":"hand"}' });
  const url = `${host.url}/admin/functions/Orders`;
  expect((await fetch(url, { method: "POST", body })).status).toBe(202);
  await received("Shipped", { shipped: { by: "hand" } });
});
