import type { Notifications } from "../../src/lib/notify/notifications.ts";
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
  /** Gets what operators are told, as an Event Grid topic would; left out: they are not told. */
  readonly publish?: Notifications["publish"];
}

export const usualWorld: WorldOptions = { subscriptions: ["sub-1"], policies: shippedPolicies };
