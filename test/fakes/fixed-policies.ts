import { type Policy, policySchema } from "../../src/lib/policy/policy.ts";
import type { PolicyStore } from "../../src/lib/policy/policy-store.ts";
import { policyFilesIn } from "../../src/policy-files.ts";

const files = await policyFilesIn(new URL("../../policies/", import.meta.url))();

/** The policies that ship with the app, by name. */
export const shippedPolicies: ReadonlyMap<string, Policy> = new Map(
  files.map(({ name, text }) => [name, policySchema.parse(JSON.parse(text))]),
);

/** A store that always holds the same. */
export const fixedPolicies = (
  active: ReadonlyMap<string, Policy> = shippedPolicies,
): PolicyStore => ({
  inForce: async () => ({ active, retired: new Map() }),
});
