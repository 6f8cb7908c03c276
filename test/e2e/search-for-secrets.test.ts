/** The search that other tests rely on finds what is there to be found. */
import { TableClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { storageCredential } from "../contract/real-storage.ts";
import { searchForSecrets } from "./search-for-secrets.ts";

let stack: Stack;
let connection: string;
beforeAll(async () => {
  stack = await startStack({ seed: false });
  const { azurite } = stack;
  connection = azurite.connectionString(azurite.account);
});
afterAll(() => stack?.close());

test("nothing is found in a stack that has done nothing", async () => {
  expect(await searchForSecrets(stack)).toEqual([]);
});

test("a signature in a table, a token in a blob and a key on a queue are found, and where they are", async () => {
  const table = TableClient.fromConnectionString(connection, "notes");
  await table.createTable();
  await table.createEntity({ partitionKey: "a", rowKey: "b", url: "https://disk/x?sr=b&sig=abc" });

  const { token } = (await storageCredential.getToken("")) ?? { token: "" };
  const container = BlobServiceClient.fromConnectionString(connection).getContainerClient("notes");
  await container.create();
  await container.getBlockBlobClient("one").upload(token, token.length);

  // As the host writes messages.
  const message = Buffer.from(JSON.stringify({ key: stack.azurite.account.key }));
  const queue = QueueServiceClient.fromConnectionString(connection).getQueueClient("notes");
  await queue.create();
  await queue.sendMessage(message.toString("base64"));

  expect((await searchForSecrets(stack)).sort()).toEqual([
    "devstoreaccount1, blob notes/one: a token",
    "devstoreaccount1, queue notes: an account's key",
    "devstoreaccount1, table notes: a signature",
  ]);
});
