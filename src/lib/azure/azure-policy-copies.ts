/** A copy of each policy as a blob: the tables can be lost, and Azure cannot give policies back. */
import type { TokenCredential } from "@azure/core-auth";
import { policyContainer } from "../../names.ts";
import type { PolicyCopies } from "../policy/policy-record.ts";
import { jsonBlobs } from "./json-blobs.ts";

export function azurePolicyCopies(url: string, credential: TokenCredential): PolicyCopies {
  const blobs = jsonBlobs(url, policyContainer, credential);
  return {
    put: (name, record) => blobs.put(`${name}.json`, record),
    all: async function* all() {
      for await (const name of blobs.names()) {
        const document = await blobs.get(name);
        if (document !== undefined) yield document;
      }
    },
  };
}
