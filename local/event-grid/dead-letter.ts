/**
 * What was given up, as a blob in the container that the subscription names for it.
 * https://learn.microsoft.com/azure/event-grid/delivery-and-retry#dead-letter-events
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../arm/clock.ts";
import { cloudEvent, eventGridEvent } from "./envelope.ts";
import { azureTime, type Event } from "./event.ts";
import type { Subscription } from "./subscription.ts";
import { wait } from "./wait.ts";

/** Where dead letters are kept. */
export interface DeadLetters {
  /** `resourceId`: the storage account. Throws when the container cannot be written to. */
  put(resourceId: string, container: string, blobName: string, json: string): Promise<void>;
}

interface Failure {
  readonly events: readonly Event[];
  readonly reason: string;
  readonly attempts: number;
  readonly status: number | undefined;
  /** Milliseconds since 1970. */
  readonly publishedAt: number;
  readonly lastAttemptAt: number;
}

interface Surroundings {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly deadLetters: DeadLetters;
}

const MINUTE = 60_000;
/** Azure waits that long to write several at once. */
const DELAY = 5 * MINUTE;
/** A container that stays away for so long gets nothing. */
const PATIENCE = 4 * 60 * MINUTE;

/** Whether it was written. */
export async function writeDeadLetter(
  { name, schema, deadLetterDestination: destination }: Subscription,
  failure: Failure,
  { clock, signal, deadLetters }: Surroundings,
): Promise<boolean> {
  if (destination === undefined) return false;
  const { resourceId, container } = destination;
  const letters = failure.events.map((event) =>
    schema === "EventGridSchema"
      ? { ...eventGridEvent(event), ...epitaph(failure) }
      : { ...cloudEvent(event), ...lowerCased(epitaph(failure)) },
  );
  const until = failure.lastAttemptAt + DELAY + PATIENCE;
  while (clock.now() < until) {
    await wait(clock, DELAY, signal);
    const blobName = blobNameOf(name, new Date(clock.now()));
    try {
      await deadLetters.put(resourceId, container, blobName, JSON.stringify(letters));
      return true;
    } catch {
      // The container may come back.
    }
  }
  return false;
}

const epitaph = (failure: Failure) => ({
  deadLetterReason: failure.reason,
  deliveryAttempts: failure.attempts,
  lastDeliveryOutcome: outcomeOf(failure.status),
  publishTime: azureTime(new Date(failure.publishedAt)),
  lastDeliveryAttemptTime: azureTime(new Date(failure.lastAttemptAt)),
});

const OUTCOMES: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  408: "TimedOut",
  413: "RequestEntityTooLarge",
  429: "Busy",
  503: "Busy",
};

function outcomeOf(status: number | undefined): string {
  if (status === undefined) return "TimedOut";
  return OUTCOMES[status] ?? "GenericError";
}

/** Attributes of CloudEvents have no capitals. */
const lowerCased = (properties: object): object =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name.toLowerCase(), value]),
  );

/** `VM-CHANGES/2026/1/5/7/….json`: the hour in UTC, not padded. */
function blobNameOf(subscription: string, at: Date): string {
  const hour = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours()];
  return [subscription.toUpperCase(), ...hour, `${randomUUID()}.json`].join("/");
}
