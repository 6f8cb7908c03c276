/** JSON documents as blobs of one container, which the first of them makes. */
import type { TokenCredential } from "@azure/core-auth";
import { BlobServiceClient, RestError } from "@azure/storage-blob";

export interface JsonBlobs {
  put(name: string, document: unknown): Promise<void>;
  /** Undefined: there is none. */
  get(name: string): Promise<unknown>;
  /** Removing what is not there is a success. */
  remove(name: string): Promise<void>;
  names(): AsyncIterable<string>;
}

export function jsonBlobs(url: string, name: string, credential: TokenCredential): JsonBlobs {
  const container = new BlobServiceClient(url, credential).getContainerClient(name);
  const options = { blobHTTPHeaders: { blobContentType: "application/json" } };
  return {
    put: async (blobName, document) => {
      const blob = container.getBlockBlobClient(blobName);
      const text = JSON.stringify(document, undefined, 2);
      const upload = () => blob.upload(text, Buffer.byteLength(text), options);
      try {
        await upload();
      } catch (error) {
        if (!isMissing(error)) throw error;
        await container.createIfNotExists();
        await upload();
      }
    },
    get: async (blobName) => {
      try {
        const bytes = await container.getBlockBlobClient(blobName).downloadToBuffer();
        return JSON.parse(bytes.toString("utf8"));
      } catch (error) {
        if (!isMissing(error)) throw error;
        return undefined;
      }
    },
    remove: async (blobName) => {
      await container.getBlockBlobClient(blobName).deleteIfExists();
    },
    names: async function* names() {
      try {
        for await (const blob of container.listBlobsFlat()) yield blob.name;
      } catch (error) {
        // Nothing was ever put.
        if (!isMissing(error)) throw error;
      }
    },
  };
}

const isMissing = (error: unknown): boolean =>
  error instanceof RestError && error.statusCode === 404;
