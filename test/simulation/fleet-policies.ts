/** The policies of a simulated fleet: those that ship, and one that copies, ages out and deletes. */
import { type Policy, policySchema } from "../../src/lib/policy/policy.ts";
import { shippedPolicies } from "../fakes/fixed-policies.ts";

const copied = policySchema.parse({
  name: "copied",
  schedule: { every: "PT8H" },
  onEvents: ["tagged", "started", "deallocated"],
  consistency: "CrashConsistent",
  retention: { last: 10, daily: 5, floor: 2 },
  copies: [
    { region: "northeurope", retention: { daily: 5, weekly: 2 } },
    { region: "swedencentral", retention: { last: 2 } },
  ],
  whenUntagged: { outcome: "ageOut" },
  whenVmDeleted: { outcome: "delete", after: "P2D" },
});

export const fleetPolicies: ReadonlyMap<string, Policy> = new Map([
  ...shippedPolicies,
  [copied.name, copied],
]);
