/** The blobs of the two storage accounts. */
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import type { Azurite } from "../azurite/start-azurite.ts";

/** The ARM emulator's own, where it keeps the bytes of disks. */
export const diskStorage = (azurite: Azurite): BlobServiceClient => blobsOf(azurite, azurite.disks);

/** The app's, where Event Grid puts dead letters. */
export const appStorage = (azurite: Azurite): BlobServiceClient =>
  blobsOf(azurite, azurite.account);

const blobsOf = (azurite: Azurite, account: Azurite["account"]): BlobServiceClient =>
  new BlobServiceClient(
    azurite.urls(account).blob,
    new StorageSharedKeyCredential(account.name, account.key),
  );
