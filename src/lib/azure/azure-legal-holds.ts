/** Legal holds, one blob each. */
import type { TokenCredential } from "@azure/core-auth";
import { legalHoldContainer } from "../../names.ts";
import { legalHoldSchema } from "../fleet/restore-point.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { LegalHolds } from "../holds/legal-holds.ts";
import { jsonBlobs } from "./json-blobs.ts";

/** Whatever somebody has made of the blob, it was a hold. */
const unreadable = {
  reason: "Its record cannot be read.",
  by: "unknown",
  since: new Date(0).toISOString(),
};

export function azureLegalHolds(url: string, credential: TokenCredential): LegalHolds {
  const blobs = jsonBlobs(url, legalHoldContainer, credential);
  const nameOf = (vm: VmKey, point: string) => `${vm}/${point}.json`;
  return {
    put: (vm, point, hold) => blobs.put(nameOf(vm, point), hold),
    get: async (vm, point) => {
      try {
        const document = await blobs.get(nameOf(vm, point));
        if (document === undefined) return undefined;
        return legalHoldSchema.safeParse(document).data ?? unreadable;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        return unreadable;
      }
    },
    remove: (vm, point) => blobs.remove(nameOf(vm, point)),
  };
}
