import type { Tables } from "../state/tables.ts";
import { isForgotten, repeatabilityDueOf } from "./repeatability-due.ts";
import { repeatabilityMismatch } from "./repeatability-headers.ts";
import { type RepeatableRequest, repeatableRequestKey } from "./repeatable-request.ts";

export interface RepeatabilityDeps {
  readonly tables: Pick<Tables, "repeatability" | "repeatabilityDue">;
}

/** A writer that loses this often is not racing, it is looping. */
const MOST_TRIES = 8;

/** The request as it is on record, from now on at the latest. Throws 400 for an id that was another request's. */
export async function beginRequest(
  { tables: { repeatability, repeatabilityDue } }: RepeatabilityDeps,
  fresh: RepeatableRequest,
): Promise<RepeatableRequest> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const known = await repeatability.get(repeatableRequestKey(fresh));
    if (known && !isForgotten(known.record, new Date(fresh.at))) {
      if (known.record.asked !== fresh.asked) throw repeatabilityMismatch();
      return known.record;
    }
    // The row for the clean-up comes first: whatever dies in between, the record is forgotten in time.
    await repeatabilityDue.upsert(repeatabilityDueOf(fresh));
    const written = known
      ? await repeatability.replace(fresh, known.etag)
      : await repeatability.insert(fresh);
    if (written !== "conflict" && written !== "exists") return fresh;
  }
  throw new Error(`Lost the race for the request ${fresh.id} ${MOST_TRIES} times.`);
}
