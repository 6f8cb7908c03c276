/** Clients of the storage services, one for each connection. */
import { ManagedIdentityCredential } from "@azure/identity";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import type { Settings } from "../settings/settings.ts";
import { type StorageConnection, storageConnection } from "./storage-connection.ts";

export interface StorageClients {
  /** Throws when the connection is not configured. */
  queues(connection: string): QueueServiceClient;
  blobs(connection: string): BlobServiceClient;
}

export function createStorageClients(settings: Settings): StorageClients {
  const queueClients = new Map<string, QueueServiceClient>();
  const blobClients = new Map<string, BlobServiceClient>();
  return {
    queues: (name) => {
      const client =
        queueClients.get(name) ?? queueService(storageConnection(settings, name, "queue"));
      queueClients.set(name, client);
      return client;
    },
    blobs: (name) => {
      const client =
        blobClients.get(name) ?? blobService(storageConnection(settings, name, "blob"));
      blobClients.set(name, client);
      return client;
    },
  };
}

function queueService(connection: StorageConnection): QueueServiceClient {
  return connection.kind === "connectionString"
    ? QueueServiceClient.fromConnectionString(connection.value)
    : new QueueServiceClient(connection.url, credential(connection.clientId));
}

function blobService(connection: StorageConnection): BlobServiceClient {
  return connection.kind === "connectionString"
    ? BlobServiceClient.fromConnectionString(connection.value)
    : new BlobServiceClient(connection.url, credential(connection.clientId));
}

function credential(clientId: string | undefined): ManagedIdentityCredential {
  return clientId === undefined
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId });
}
