/** JSON documents as blobs of one container, which the first of them makes. The SDK is loaded with the first request. */
import { text as textOf } from "node:stream/consumers";
import type { TokenCredential } from "@azure/core-auth";
import { RestError } from "@azure/core-rest-pipeline";
import { once } from "../once.ts";
import type { PutCopy, StoredCopy } from "../state/record-copies.ts";

export interface JsonBlobs {
  /** With `over`, only if that is still the ETag of the blob that is there. */
  put(name: string, document: unknown, over?: string): Promise<PutCopy>;
  /** Undefined: there is none. What is no JSON any more is its text, which no schema takes. */
  get(name: string): Promise<StoredCopy | undefined>;
  /** Removing what is not there is a success. */
  remove(name: string): Promise<void>;
  names(): AsyncIterable<string>;
}

export function jsonBlobs(url: string, name: string, credential: TokenCredential): JsonBlobs {
  const container = once(async () => {
    const { BlobServiceClient } = await import("@azure/storage-blob");
    return new BlobServiceClient(url, credential).getContainerClient(name);
  });
  const blobHTTPHeaders = { blobContentType: "application/json" };

  async function upload(blobName: string, text: string, over?: string): Promise<PutCopy> {
    const conditions = over === undefined ? {} : { ifMatch: over };
    try {
      const blob = (await container()).getBlockBlobClient(blobName);
      const options = { blobHTTPHeaders, conditions };
      const { etag = "" } = await blob.upload(text, Buffer.byteLength(text), options);
      return { etag };
    } catch (error) {
      if (statusOf(error) === 412) return "conflict";
      throw error;
    }
  }

  return {
    put: async (blobName, document, over) => {
      const text = JSON.stringify(document, undefined, 2);
      try {
        return await upload(blobName, text, over);
      } catch (error) {
        if (!isMissing(error)) throw error;
        await (await container()).createIfNotExists();
        return await upload(blobName, text, over);
      }
    },
    get: async (blobName) => {
      try {
        const { etag = "", readableStreamBody: body } = await (await container())
          .getBlockBlobClient(blobName)
          .download();
        return { document: parsed(body ? await textOf(body) : ""), etag };
      } catch (error) {
        if (!isMissing(error)) throw error;
        return undefined;
      }
    },
    remove: async (blobName) => {
      try {
        await (await container()).getBlockBlobClient(blobName).deleteIfExists();
      } catch (error) {
        // There is not even a container: nothing was ever put.
        if (!isMissing(error)) throw error;
      }
    },
    names: async function* names() {
      try {
        for await (const blob of (await container()).listBlobsFlat()) yield blob.name;
      } catch (error) {
        // Nothing was ever put.
        if (!isMissing(error)) throw error;
      }
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof RestError ? error.statusCode : undefined;

const isMissing = (error: unknown): boolean => statusOf(error) === 404;
