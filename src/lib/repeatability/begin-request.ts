import type { Tables } from "../state/tables.ts";
import { repeatabilityDueOf } from "./repeatability-due.ts";
import { repeatabilityMismatch } from "./repeatability-headers.ts";
import { type RepeatableRequest, repeatableRequestKey } from "./repeatable-request.ts";

export interface RepeatabilityDeps {
  readonly tables: Pick<Tables, "repeatability" | "repeatabilityDue">;
}

/** The request as it is on record, from now on at the latest. Throws 400 for an id that was another request's. */
export async function beginRequest(
  { tables: { repeatability, repeatabilityDue } }: RepeatabilityDeps,
  fresh: RepeatableRequest,
): Promise<RepeatableRequest> {
  const key = repeatableRequestKey(fresh);
  let known = (await repeatability.get(key))?.record;
  if (known === undefined) {
    // The row for the clean-up comes first: whatever dies in between, the record is forgotten in time.
    await repeatabilityDue.upsert(repeatabilityDueOf(fresh));
    const inserted = await repeatability.insert(fresh);
    known = inserted === "exists" ? (await repeatability.get(key))?.record : inserted.record;
  }
  if (known !== undefined && known.asked !== fresh.asked) throw repeatabilityMismatch();
  return known ?? fresh;
}
