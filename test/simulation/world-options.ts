import type { Policy } from "../../src/lib/policy/policy.ts";
import { shippedPolicies } from "../fakes/fixed-policies.ts";
import type { InMemoryOptions } from "../fakes/in-memory-table.ts";
import type { Weather } from "./weather.ts";

/** What surrounds the app in a simulation. */
export interface WorldOptions extends InMemoryOptions {
  /** Left out: nothing goes wrong. */
  readonly weather?: Weather;
  readonly subscriptions: readonly string[];
  readonly policies: ReadonlyMap<string, Policy>;
}

export const usualWorld: WorldOptions = { subscriptions: ["sub-1"], policies: shippedPolicies };
