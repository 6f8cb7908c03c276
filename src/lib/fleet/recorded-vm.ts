/**
 * What Azure does not keep with a restore point, beside it as a blob under `<vm>/<point>`: the VM's model at that
 * time, without which a whole VM cannot be rebuilt, and what the restore point was made for, without which retention
 * would not know what it is after the tables were lost.
 */
import * as z from "zod";
import { requestedConsistencySchema } from "../policy/policy.ts";
import { askedSchema } from "./asked.ts";
import type { VmKey } from "./vm-key.ts";

export const recordedVmSchema = z.object({
  /** The VM's GUID. */
  vmId: z.string(),
  /** Names of the policies that the restore point was made for. */
  policies: z.array(z.string()),
  consistencyRequested: requestedConsistencySchema,
  ...askedSchema.shape,
  /** Azure's answer to GET of the VM: network interfaces, zones, identity and tags are in it. */
  model: z.unknown(),
});
export type RecordedVm = z.infer<typeof recordedVmSchema>;

export interface RecordedVms {
  put(vm: VmKey, point: string, recorded: RecordedVm): Promise<void>;
  /** Undefined: there is none. */
  get(vm: VmKey, point: string): Promise<RecordedVm | undefined>;
  /** Removing what is not there is a success. */
  remove(vm: VmKey, point: string): Promise<void>;
}
