/** Dead letters in blob storage. There is one account on this machine, whatever its ARM id is said to be. */
import type { BlobServiceClient } from "@azure/storage-blob";
import type { DeadLetters } from "./dead-letter.ts";

export const blobDeadLetters = (service: BlobServiceClient): DeadLetters => ({
  put: async (_resourceId, container, blobName, json) => {
    const blob = service.getContainerClient(container).getBlockBlobClient(blobName);
    const blobHTTPHeaders = { blobContentType: "application/json" };
    await blob.upload(json, Buffer.byteLength(json), { blobHTTPHeaders });
  },
});
