/** The VMs as they were at the time of each restore point, one blob each: one can be larger than a table's row. */
import type { TokenCredential } from "@azure/core-auth";
import { vmModelContainer } from "../../names.ts";
import { type RecordedVms, recordedVmSchema } from "../fleet/recorded-vm.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { jsonBlobs } from "./json-blobs.ts";

export function azureRecordedVms(url: string, credential: TokenCredential): RecordedVms {
  const blobs = jsonBlobs(url, vmModelContainer, credential);
  const nameOf = (vm: VmKey, point: string) => `${vm}/${point}.json`;
  return {
    put: async (vm, point, recorded) => {
      await blobs.put(nameOf(vm, point), recorded);
    },
    get: async (vm, point) => {
      // One that somebody has edited beyond recognition is as good as none.
      return recordedVmSchema.safeParse((await blobs.get(nameOf(vm, point)))?.document).data;
    },
    remove: (vm, point) => blobs.remove(nameOf(vm, point)),
  };
}
