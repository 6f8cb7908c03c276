/** A fleet in the tables as it stands after a quiet night: all protected, 100 of them due. */
import type { Protection } from "../../src/lib/fleet/protection.ts";
import { vmKeySchema } from "../../src/lib/fleet/vm-key.ts";
import { type Due, dueAt } from "../../src/lib/operations/due.ts";
import { noOptions } from "../../src/lib/policy/tag.ts";

export const DUE = 100;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface FleetRows {
  readonly protections: readonly Protection[];
  readonly due: readonly Due[];
}

/** `vms` protections and their slots: the first 100 are due at `now`, the others in the day that follows. */
export function fleetRows(vms: number, now: Date): FleetRows {
  const protections = Array.from({ length: vms }, (_, number) => protectionOf(number, vms, now));
  const due = protections.map(({ vm, nextSlotAt = "" }) => dueAt(vm, new Date(nextSlotAt)));
  return { protections, due };
}

/** What a tick has sent and forgotten is due again, so that each tick finds the same. */
export const dueRows = (now: Date): readonly Due[] => fleetRows(DUE, now).due;

function protectionOf(number: number, vms: number, now: Date): Protection {
  const name = `vm-${String(number).padStart(6, "0")}`;
  const group = "/subscriptions/sub-1/resourceGroups/rg-1/providers/Microsoft.Compute";
  const wait = number < DUE ? 0 : MINUTE + (DAY * number) / vms;
  return {
    vm: vmKeySchema.parse(`sub-1~rg-1~${name}`),
    resourceId: `${group}/virtualMachines/${name}`,
    location: "westeurope",
    vmId: `${name}-guid`,
    status: "Protected",
    tag: "daily",
    policies: ["daily"],
    policiesSince: now.toISOString(),
    options: noOptions,
    generation: 1,
    openSlots: [],
    nextSlotAt: new Date(now.getTime() + wait).toISOString(),
    excludedDisks: [],
    updatedAt: now.toISOString(),
  };
}
