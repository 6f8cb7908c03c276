/** The policies every deployment starts with. */
import { type Policy, policySchema } from "./policy.ts";

export const shippedPolicies: ReadonlyMap<string, Policy> = new Map(
  [
    {
      name: "hourly",
      description:
        "A crash-consistent restore point every hour, and one as soon as the VM is tagged.",
      schedule: { every: "PT1H" },
      // Azure's shortest interval for application consistency is three hours.
      consistency: "CrashConsistent",
      retention: { last: 24, daily: 7 },
    },
    {
      name: "daily",
      description:
        "An application-consistent restore point every day, and one as soon as the VM is tagged.",
      schedule: { every: "P1D", spread: "PT4H" },
      consistency: "ApplicationConsistent",
      retention: { daily: 14, weekly: 5, monthly: 12 },
    },
  ].map((policy) => [policy.name, policySchema.parse(policy)]),
);
