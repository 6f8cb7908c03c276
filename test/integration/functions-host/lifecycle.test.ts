import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FunctionsHost } from "../../../local/functions-host/spawn.ts";
import { base64, eventually, Hosts, type Storage, seen, startStorage } from "./harness.ts";

interface Held {
  readonly message: string;
  readonly dequeueCount: number;
}

const hosts = new Hosts();
let storage: Storage;

beforeAll(async () => {
  storage = await startStorage();
});
afterEach(() => hosts.killAll());
afterAll(() => storage.stop());

const start = (env: Record<string, string> = {}) =>
  hosts.start("lifecycle", { ...storage.env, ...env });
const firstHeld = (host: FunctionsHost) => eventually(async () => (await seen<Held>(host))[0]);
const send = async (text: string) => (await storage.queue("held")).sendMessage(base64(text));

describe("a host that cannot serve its app ends with the reason", () => {
  test.each([
    ["no-functions", "registered no functions"],
    ["throws", "this bundle is broken"],
    ["missing", "ENOENT"],
    ["lifecycle", "'AzureWebJobsStorage' is not configured"],
  ])("%s", async (fixture, reason) => {
    await expect(hosts.start(fixture)).rejects.toThrow(reason);
  });
});

test("a host that is asked to stop finishes what runs, and lets the app clean up", async () => {
  const host = await start({ HOLD: "yes" });
  await send("drained");
  expect(await firstHeld(host)).toEqual({ message: "drained", dequeueCount: 1 });
  const drained = fetch(`${host.url}/admin/host/drain`, { method: "POST" });
  expect((await drained).status).toBe(202);
  const status = await (await fetch(`${host.url}/admin/host/drain/status`)).json();
  expect(status).toMatchObject({ state: "InProgress", outstandingInvocations: 1 });
  await fetch(`${host.url}/api/release`);
  await host.stop();
  expect(await host.exited).toBe(0);
  expect(host.output()).toMatch(/app started.*held work is done.*app terminated/s);
  const { approximateMessagesCount } = await (await storage.queue("held")).getProperties();
  expect(approximateMessagesCount).toBe(0);
});

test("the message of a host that was killed goes to another one, as a second try", async () => {
  const LOCAL_QUEUE_VISIBILITY_SECONDS = "2";
  const killed = await start({ HOLD: "yes", LOCAL_QUEUE_VISIBILITY_SECONDS });
  await send("redelivered");
  expect(await firstHeld(killed)).toEqual({ message: "redelivered", dequeueCount: 1 });
  await killed.kill();
  expect(await killed.exited).toBe("SIGKILL");
  const other = await start({ LOCAL_QUEUE_VISIBILITY_SECONDS });
  expect(await firstHeld(other)).toEqual({ message: "redelivered", dequeueCount: 2 });
});

test("a message stays with a host that works on it for longer than its visibility", async () => {
  const LOCAL_QUEUE_VISIBILITY_SECONDS = "3";
  const queue = await storage.queue("held");
  // What hosts that were killed had not finished comes back, and is not what this is about.
  await queue.clearMessages();
  const worker = await start({ HOLD: "yes", LOCAL_QUEUE_VISIBILITY_SECONDS });
  await send("renewed");
  await firstHeld(worker);
  // After that time, the queue still has nothing for anybody else.
  const end = Date.now() + 4000;
  await eventually(async () => {
    const { receivedMessageItems } = await queue.receiveMessages({ visibilityTimeout: 1 });
    expect(receivedMessageItems).toEqual([]);
    return Date.now() > end ? true : undefined;
  });
  await fetch(`${worker.url}/api/release`);
  await worker.stop();
});

test("a promise nobody awaits ends the process", async () => {
  const host = await start();
  await fetch(`${host.url}/api/reject`).catch(() => undefined);
  expect(await host.exited).toBe(1);
  expect(host.output()).toContain("nobody awaits this");
});
