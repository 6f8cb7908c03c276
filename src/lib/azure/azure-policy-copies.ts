/** A copy of each policy as a blob: the tables can be lost, and Azure cannot give policies back. */
import type { TokenCredential } from "@azure/core-auth";
import { BlobServiceClient, RestError } from "@azure/storage-blob";
import { policyContainer } from "../../names.ts";
import type { PolicyCopies } from "../policy/policy-record.ts";

export function azurePolicyCopies(url: string, credential: TokenCredential): PolicyCopies {
  const container = new BlobServiceClient(url, credential).getContainerClient(policyContainer);
  return {
    put: async (name, record) => {
      const blob = container.getBlockBlobClient(`${name}.json`);
      const text = JSON.stringify(record, undefined, 2);
      const options = { blobHTTPHeaders: { blobContentType: "application/json" } };
      try {
        await blob.upload(text, Buffer.byteLength(text), options);
      } catch (error) {
        if (!(error instanceof RestError && error.statusCode === 404)) throw error;
        await container.createIfNotExists();
        await blob.upload(text, Buffer.byteLength(text), options);
      }
    },
    get: async (name) => {
      const blob = container.getBlockBlobClient(`${name}.json`);
      return JSON.parse((await blob.downloadToBuffer()).toString("utf8"));
    },
  };
}
