/** The VM's model at the time of each restore point, one blob each: it can be larger than a table's row. */
import type { TokenCredential } from "@azure/core-auth";
import { BlobServiceClient, RestError } from "@azure/storage-blob";
import { vmModelContainer } from "../../names.ts";
import type { VmModels } from "../fleet/restore-point.ts";

export function azureVmModels(url: string, credential: TokenCredential): VmModels {
  const container = new BlobServiceClient(url, credential).getContainerClient(vmModelContainer);
  return {
    put: async (vm, point, model) => {
      const blob = container.getBlockBlobClient(`${vm}/${point}.json`);
      const text = JSON.stringify(model);
      const options = { blobHTTPHeaders: { blobContentType: "application/json" } };
      try {
        await blob.upload(text, Buffer.byteLength(text), options);
      } catch (error) {
        if (!(error instanceof RestError && error.statusCode === 404)) throw error;
        await container.createIfNotExists();
        await blob.upload(text, Buffer.byteLength(text), options);
      }
    },
    get: async (vm, point) => {
      const blob = container.getBlockBlobClient(`${vm}/${point}.json`);
      return JSON.parse((await blob.downloadToBuffer()).toString("utf8"));
    },
    remove: async (vm, point) => {
      await container.getBlockBlobClient(`${vm}/${point}.json`).deleteIfExists();
    },
  };
}
