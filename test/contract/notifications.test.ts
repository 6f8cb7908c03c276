/** The real publisher, over TLS, against the local stand-in for an Event Grid topic and its subscriber. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TokenCredential } from "@azure/core-auth";
import { ManagedIdentityCredential } from "@azure/identity";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Identity, startIdentity } from "../../local/identity/start-identity.ts";
import { startTopic, type Topic } from "../../local/notifications/start-topic.ts";
import { createCertificate, trustInThisProcess } from "../../local/tls/certificate.ts";
import { azureEventGrid } from "../../src/lib/azure/azure-event-grid.ts";
import type { Notification } from "../../src/lib/notify/notification.ts";
import { operationId, vmId, vmKey } from "../fixtures/records.ts";

const notification: Notification = {
  id: operationId(),
  source: "/vm-restore-points",
  type: "VmRestorePoints.CopyCompleted",
  subject: vmId(),
  time: "2026-01-31T10:00:30.000Z",
  data: {
    vm: vmKey(),
    restorePoint: "t1-a1",
    restorePointId: "/subscriptions/s/a-restore-point",
    slot: "t1",
    operation: operationId(),
    region: "northeurope",
  },
};

let folder: string;
let identity: Identity;
let topic: Topic;
/** What the next requests are refused with, in order. */
let faults: number[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "notifications-"));
  const certificate = await createCertificate(folder);
  trustInThisProcess(certificate);
  identity = await startIdentity({ certificate });
  vi.stubEnv("IDENTITY_ENDPOINT", identity.managedIdentityEnv.IDENTITY_ENDPOINT);
  vi.stubEnv("IDENTITY_HEADER", identity.managedIdentityEnv.IDENTITY_HEADER);
  const verifyToken = identity.verifyEventGridToken;
  topic = await startTopic({ certificate, verifyToken, fault: () => faults.shift() });
});
beforeEach(() => {
  faults = [];
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([topic.close(), identity.close()]);
  await rm(folder, { recursive: true, force: true });
});

const publisher = () => azureEventGrid(topic.endpoint, new ManagedIdentityCredential());
/** What came in while `act` ran. */
async function received(act: () => Promise<unknown>) {
  const before = topic.events.length;
  await act();
  return topic.events.slice(before);
}

describe("a notification", () => {
  test("arrives as the CloudEvent that it is, with the app's own identity", async () => {
    expect(await received(() => publisher()(notification))).toEqual([
      { specversion: "1.0", datacontenttype: "application/json", ...notification },
    ]);
  });

  test("that the topic cannot take fails at once, and arrives under its id when it is tried again", async () => {
    const publish = publisher();
    faults = [503, 429, 500];
    for (const status of [503, 429, 500]) {
      const start = Date.now();
      await expect(publish(notification)).rejects.toThrow(`not taken the notification: ${status}.`);
      expect(Date.now() - start).toBeLessThan(1000);
    }
    expect(await received(() => publish(notification))).toMatchObject([{ id: notification.id }]);
  });

  test("of an app that the topic does not know is refused, and the error does not hold its token", async () => {
    const token = await identity.issueToken("operator", { audience: "https://storage.azure.com" });
    const credential: TokenCredential = {
      getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
    };
    const publish = azureEventGrid(topic.endpoint, credential);
    const failure = await publish(notification).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: "The topic has not taken the notification: 401." });
    expect(failure).not.toHaveProperty("cause");
  });

  test("for a topic that is not there fails with a reason of one word", async () => {
    const publish = azureEventGrid(
      "https://localhost:1/api/events",
      new ManagedIdentityCredential(),
    );
    await expect(publish(notification)).rejects.toThrow(/notification: \w+\.$/);
  });
});

describe("the topic", () => {
  const post = async (body: string, type = "application/cloudevents-batch+json") => {
    const token = await identity.issueToken("operator", {
      audience: "https://eventgrid.azure.net",
    });
    const headers = { authorization: `Bearer ${token}`, "content-type": type };
    return (await fetch(topic.endpoint, { method: "POST", headers, body })).status;
  };
  const event = { specversion: "1.0", id: "1", source: "/test", type: "Test" };

  test("shows what it took to whoever looks", async () => {
    expect(await post(JSON.stringify([event, { ...event, id: "2" }]))).toBe(200);
    const shown = await (await fetch(topic.eventsUrl)).json();
    expect(shown).toEqual(topic.events);
    expect(topic.events.slice(-2)).toMatchObject([{ id: "1" }, { id: "2" }]);
  });

  test.each([
    ["one event that is no batch", JSON.stringify(event), undefined],
    ["a batch of another type", JSON.stringify([event]), "application/json"],
    ["an event without an id", JSON.stringify([{ ...event, id: undefined }]), undefined],
    ["an event of another version", JSON.stringify([{ ...event, specversion: "0.3" }]), undefined],
    ["what is not JSON", "[", undefined],
  ])("refuses %s", async (_what, body, type) => {
    expect(await received(async () => expect(await post(body, type)).toBe(400))).toEqual([]);
  });

  test("refuses who has no token", async () => {
    expect((await fetch(topic.endpoint, { method: "POST", body: "[]" })).status).toBe(401);
  });
});
