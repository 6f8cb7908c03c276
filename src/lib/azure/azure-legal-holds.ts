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
    put: async (vm, point, hold) => {
      await blobs.put(nameOf(vm, point), hold);
    },
    get: async (vm, point) => {
      const stored = await blobs.get(nameOf(vm, point));
      return stored && (legalHoldSchema.safeParse(stored.document).data ?? unreadable);
    },
    remove: (vm, point) => blobs.remove(nameOf(vm, point)),
  };
}
