/**
 * What many restores ask of Azure alike: what a region offers, what we may do, which networks there are. Found answers
 * are kept for a while in this process; what is not there, or not told, is asked again each time.
 */
import type { ArmFailure } from "../operations/arm.ts";
import type { ArmResources } from "../operations/arm-resources.ts";

export type AzureFacts = Pick<
  ArmResources,
  "getResourceGroup" | "getVirtualNetwork" | "listSkus" | "listPermissions"
>;

const MINUTE = 60_000;
const SKUS_KEPT_MS = 60 * MINUTE;
const KEPT_MS = MINUTE;
/** A process that serves more than that forgets the oldest. */
const MOST_KEPT = 1000;

interface Kept {
  readonly until: number;
  readonly answer: Promise<unknown>;
}

/** The same requests. Those that are under way at the same time are one. */
export function createAzureFacts(arm: AzureFacts, now: () => Date): AzureFacts {
  const kept = new Map<string, Kept>();

  const ask = <T extends { readonly kind: string }>(
    key: string,
    keptMs: number,
    request: () => Promise<T | ArmFailure>,
  ): Promise<T | ArmFailure> => {
    const known = kept.get(key);
    if (known && known.until > now().getTime()) return known.answer as Promise<T | ArmFailure>;
    const answer = request();
    kept.delete(key);
    kept.set(key, { until: now().getTime() + keptMs, answer });
    const forget = () => {
      if (kept.get(key)?.answer === answer) kept.delete(key);
    };
    answer.then(({ kind }) => kind !== "found" && forget(), forget);
    const oldest = kept.keys().next().value;
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
  const keyOf = (...parts: readonly string[]): string => parts.join("~").toLowerCase();

  return {
    getResourceGroup: (subscription, name) =>
      ask(keyOf("group", subscription, name), KEPT_MS, () =>
        arm.getResourceGroup(subscription, name),
      ),
    getVirtualNetwork: (id) => ask(keyOf("network", id), KEPT_MS, () => arm.getVirtualNetwork(id)),
    listSkus: (subscription, location) =>
      ask(keyOf("skus", subscription, location), SKUS_KEPT_MS, () =>
        arm.listSkus(subscription, location),
      ),
    listPermissions: (scope) =>
      ask(keyOf("permissions", scope), KEPT_MS, () => arm.listPermissions(scope)),
  };
}
