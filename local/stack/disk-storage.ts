/** The storage account that the ARM emulator keeps the bytes of disks in: its own, not the app's. */
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import type { Azurite } from "../azurite/start-azurite.ts";

export function diskStorage(azurite: Azurite): BlobServiceClient {
  const { name, key } = azurite.disks;
  return new BlobServiceClient(
    azurite.urls(azurite.disks).blob,
    new StorageSharedKeyCredential(name, key),
  );
}
