/** When a repeatable request can be forgotten. The partition is the hour, so that what is due is found by it alone. */
import * as z from "zod";
import type { KeyRange, TableDefinition } from "../state/entity-table.ts";
import { MOST_AHEAD_MS, REPEATABLE_FOR_MS } from "./repeatability-headers.ts";
import { type RepeatableRequest, repeatableRequestKey } from "./repeatable-request.ts";

const repeatabilityDueSchema = z.object({ caller: z.string(), id: z.string(), hour: z.string() });
export type RepeatabilityDue = z.infer<typeof repeatabilityDueSchema>;

const hourOf = (ms: number): string => new Date(ms).toISOString().slice(0, 13);
const HOUR = 3_600_000;

/** When no repetition of it is accepted any more, by whichever clock it was first sent. */
const forgetAt = ({ at }: Pick<RepeatableRequest, "at">): number =>
  Date.parse(at) + REPEATABLE_FOR_MS + MOST_AHEAD_MS;

/** One that is still on record then is only waiting for the clean-up. */
export const isForgotten = (request: Pick<RepeatableRequest, "at">, now: Date): boolean =>
  forgetAt(request) < now.getTime();

/** A row in the first whole hour after that. */
export const repeatabilityDueOf = ({ caller, id, at }: RepeatableRequest): RepeatabilityDue => ({
  ...{ caller, id },
  hour: hourOf(forgetAt({ at }) + HOUR),
});

export const repeatabilityDueUntil = (now: Date): KeyRange => ({
  partitionFrom: "hour-",
  partitionTo: `hour-${hourOf(now.getTime())}`,
});

export const repeatabilityDueTable: TableDefinition<RepeatabilityDue> = {
  name: "repeatabilitydue",
  schema: repeatabilityDueSchema,
  keyOf: ({ caller, id, hour }) => {
    const { partitionKey, rowKey } = repeatableRequestKey({ caller, id });
    return { partitionKey: `hour-${hour}`, rowKey: `${partitionKey}~${rowKey}` };
  },
};
