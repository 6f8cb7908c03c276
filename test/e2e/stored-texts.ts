/** Everything that a storage account holds, as texts that can be searched. */
import { TableClient, TableServiceClient } from "@azure/data-tables";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { type QueueClient, QueueServiceClient } from "@azure/storage-queue";

export interface FoundText {
  /** `table grants`, `queue revoke-grant`, … */
  readonly where: string;
  readonly text: string;
}

/** `connection`: a connection string. */
export async function* storedTexts(connection: string): AsyncGenerator<FoundText> {
  yield* tablesIn(connection);
  yield* queuesIn(connection);
  yield* blobsIn(connection);
}

async function* tablesIn(connection: string): AsyncGenerator<FoundText> {
  for await (const { name = "" } of TableServiceClient.fromConnectionString(
    connection,
  ).listTables()) {
    const table = TableClient.fromConnectionString(connection, name);
    // All columns as text; what is an object is JSON in its column.
    for await (const entity of table.listEntities())
      for (const value of Object.values(entity)) yield { where: `table ${name}`, text: `${value}` };
  }
}

/** A message that is not visible yet cannot be read, not even by whoever has the key. */
async function* queuesIn(connection: string): AsyncGenerator<FoundText> {
  const service = QueueServiceClient.fromConnectionString(connection);
  for await (const { name } of service.listQueues())
    yield* messagesIn(service.getQueueClient(name));
}

const MOST_MESSAGES = 32;

async function* messagesIn(queue: QueueClient): AsyncGenerator<FoundText> {
  const where = `queue ${queue.name}`;
  const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: MOST_MESSAGES });
  for (const { messageText } of peekedMessageItems) {
    yield { where, text: messageText };
    yield { where, text: Buffer.from(messageText, "base64").toString() };
  }
}

async function* blobsIn(connection: string): AsyncGenerator<FoundText> {
  const service = BlobServiceClient.fromConnectionString(connection);
  for await (const { name } of service.listContainers())
    yield* blobsOf(service.getContainerClient(name));
}

async function* blobsOf(container: ContainerClient): AsyncGenerator<FoundText> {
  for await (const { name, metadata, properties } of container.listBlobsFlat({
    includeMetadata: true,
  })) {
    const where = `blob ${container.containerName}/${name}`;
    yield { where, text: JSON.stringify([name, metadata]) };
    // The bytes of a disk are what its VM has written: Azure's to keep, and out of the app's reach but for the SAS.
    if (properties.blobType === "PageBlob") continue;
    yield { where, text: (await container.getBlobClient(name).downloadToBuffer()).toString() };
  }
}
