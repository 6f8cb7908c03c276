/**
 * What is left of ARM's token buckets, as every answer tells. Nothing is refused when one is empty: a test that wants
 * ARM's 429 asks the faults for it.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */

const BUCKETS = {
  reads: { capacity: 250, perSecond: 25 },
  writes: { capacity: 200, perSecond: 10 },
  deletes: { capacity: 200, perSecond: 10 },
};

type Kind = keyof typeof BUCKETS;

export class RemainingCalls {
  readonly #buckets = new Map<Kind, { left: number; at: number }>();

  /** Counts one request; the header of its answer. `now` is in milliseconds. */
  take(method: string, now: number): Record<string, string> {
    const kind = kindOf(method);
    const { capacity, perSecond } = BUCKETS[kind];
    const { left, at } = this.#buckets.get(kind) ?? { left: capacity, at: now };
    const refilled = Math.min(capacity, left + ((now - at) / 1000) * perSecond);
    const remaining = Math.max(0, refilled - 1);
    this.#buckets.set(kind, { left: remaining, at: now });
    return { [`x-ms-ratelimit-remaining-subscription-${kind}`]: `${Math.floor(remaining)}` };
  }
}

function kindOf(method: string): Kind {
  if (method === "GET") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
}
