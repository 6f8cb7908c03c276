/** An Event Grid event as the host sends it to a function: the event itself, untouched, and its parts as metadata. */
import type { TypedData } from "../app/rpc.ts";
import type { TriggerInput } from "../invocation/invoker.ts";

/** With `isBatched`, the function takes an array of events. */
export function toRpcEvent(event: unknown, isBatched = false): TriggerInput {
  const json = JSON.stringify(event);
  const data = isBatched ? { collectionString: { string: [json] } } : { json };
  return { data, metadata: metadataOf(event) };
}

/** One invocation for all events of a delivery. */
export function toRpcEvents(events: readonly unknown[]): TriggerInput {
  const string = events.map((event) => JSON.stringify(event));
  return { data: { collectionString: { string } }, metadata: {} };
}

function metadataOf(event: unknown): Record<string, TypedData> {
  if (typeof event !== "object" || event === null) return {};
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      typeof value === "string" ? { string: value } : { json: JSON.stringify(value) },
    ]),
  );
}
