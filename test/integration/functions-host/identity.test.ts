import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base64, eventually, Hosts, type Storage, seen, startStorage } from "./harness.ts";

const hosts = new Hosts();
/** An App Service identity endpoint, with tokens as Azurite reads them: it does not check signatures. */
const identity = createServer((request, response) => {
  const resource = new URL(request.url ?? "/", "http://localhost").searchParams.get("resource");
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: resource,
    iss: "https://sts.windows.net/t/",
    iat: now,
    nbf: now,
    exp: now + 3600,
  };
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const access_token = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.c2ln`;
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify({ access_token, expires_on: claims.exp, resource, token_type: "Bearer" }),
  );
});
let storage: Storage;

beforeAll(async () => {
  storage = await startStorage();
  await once(identity.listen(0, "127.0.0.1"), "listening");
});
afterAll(async () => {
  await hosts.killAll();
  identity.close();
  await storage.stop();
});

test("queues, locks and timer status work with a managed identity instead of a connection string", async () => {
  const address = identity.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { blob, queue } = storage.azurite.urls(storage.azurite.account);
  const env = {
    NODE_EXTRA_CA_CERTS: storage.env["NODE_EXTRA_CA_CERTS"] ?? "",
    AzureWebJobsStorage__blobServiceUri: blob,
    AzureWebJobsStorage__queueServiceUri: queue,
    AzureWebJobsStorage__credential: "managedidentity",
    IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
    IDENTITY_HEADER: "secret",
  };
  const queues = await hosts.start("queues", { ...env, ORDERS: "orders" });
  await (await storage.queue("orders")).sendMessage(base64("by identity"));
  const timers = await hosts.start("timers", { ...env, EVERY_SECOND: "* * * * * *" });
  const has = (name: string) => (each: { name: string }) => each.name === name;
  await eventually(async () => (await seen(queues)).find(has("Shipped")));
  await eventually(async () => (await seen(timers)).find(has("Second")));
  expect(queues.output()).not.toContain("warning");
});
