/** A copy of each record of a table, as a blob `<name>.json` in a container of their own. */
import type { TokenCredential } from "@azure/core-auth";
import type { RecordCopies } from "../state/record-copies.ts";
import { jsonBlobs } from "./json-blobs.ts";

const SUFFIX = ".json";

export function azureRecordCopies<T>(
  url: string,
  container: string,
  credential: TokenCredential,
): RecordCopies<T> {
  const blobs = jsonBlobs(url, container, credential);
  return {
    put: (name, record, over) => blobs.put(`${name}${SUFFIX}`, record, over),
    get: (name) => blobs.get(`${name}${SUFFIX}`),
    names: async function* names() {
      for await (const name of blobs.names()) {
        if (name.endsWith(SUFFIX)) yield name.slice(0, -SUFFIX.length);
      }
    },
  };
}
