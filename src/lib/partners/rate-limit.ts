/**
 * How many requests a partner may send to this process: a bucket of tokens for each, which fills evenly and has room for
 * a burst. In whole numbers, so that whoever waits as long as was said gets its token.
 */
import type { Partner } from "./partner.ts";

type Taken =
  | { readonly kind: "allowed" }
  /** `retryAfterMs`: until the next token. */
  | { readonly kind: "limited"; readonly retryAfterMs: number };

export interface RateLimit {
  /** Goes by the limits of the record as it is given. */
  take(partner: Pick<Partner, "id" | "rateLimit">, now: Date): Taken;
}

interface Bucket {
  readonly level: number;
  readonly at: number;
}

/** What a request takes out of a bucket; a millisecond fills in as much as there are requests in a minute. */
const REQUEST = 60_000;
/** More partners than anybody has. The one who has asked for nothing the longest is forgotten first. */
const MOST_BUCKETS = 10_000;

export function createRateLimit(mostBuckets = MOST_BUCKETS): RateLimit {
  /** The one that was asked last is last. */
  const buckets = new Map<string, Bucket>();

  function keep(id: string, bucket: Bucket): void {
    buckets.delete(id);
    buckets.set(id, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > mostBuckets && oldest !== undefined) buckets.delete(oldest);
  }

  return {
    take: ({ id, rateLimit }, now) => {
      const at = now.getTime();
      const level = levelAt(at, buckets.get(id), rateLimit);
      const isAllowed = level >= REQUEST;
      keep(id, { level: isAllowed ? level - REQUEST : level, at });
      if (isAllowed) return { kind: "allowed" };
      const retryAfterMs = Math.ceil((REQUEST - level) / rateLimit.requestsPerMinute);
      return { kind: "limited", retryAfterMs };
    },
  };
}

/** A new bucket is full. A clock that was set back fills in nothing, and goes on from there. */
function levelAt(
  at: number,
  bucket: Bucket | undefined,
  { requestsPerMinute, burst }: Partner["rateLimit"],
): number {
  const full = burst * REQUEST;
  if (bucket === undefined) return full;
  return Math.min(full, bucket.level + Math.max(0, at - bucket.at) * requestsPerMinute);
}
