/** One request of Event Grid to a webhook. */
import { envelope } from "./envelope.ts";
import type { Event } from "./event.ts";
import { endpointOf, type Subscription } from "./subscription.ts";

interface Shipment {
  readonly events: readonly Event[];
  /** 1 for the first. */
  readonly attempt: number;
  /** Of real time: a webhook does not answer sooner because the clock was advanced. */
  readonly timeoutInMilliseconds: number;
  readonly signal: AbortSignal;
}

/** The answer's status; undefined when there was none in time. */
export async function post(
  subscription: Subscription,
  { events, attempt, timeoutInMilliseconds, signal }: Shipment,
): Promise<number | undefined> {
  const { schema, batching } = subscription;
  const { contentType, body } = envelope(events, schema, (batching?.maxEvents ?? 1) > 1);
  try {
    const response = await fetch(endpointOf(subscription), {
      method: "POST",
      headers: {
        "content-type": contentType,
        "aeg-event-type": "Notification",
        "aeg-subscription-name": subscription.name.toUpperCase(),
        "aeg-delivery-count": `${attempt - 1}`,
        ...(schema === "EventGridSchema" && versionHeaders(events)),
      },
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutInMilliseconds)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}

const versionHeaders = ([event]: readonly Event[]): Record<string, string> => ({
  "aeg-data-version": event?.dataVersion ?? "",
  "aeg-metadata-version": "1",
});
