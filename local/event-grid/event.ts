/** An event before it is put into the envelope that a subscription asks for. */
import { randomUUID } from "node:crypto";

export interface Event {
  readonly id: string;
  readonly type: string;
  /** The system topic: the subscription's ARM id. `source` in CloudEvents. */
  readonly topic: string;
  readonly subject: string;
  readonly time: string;
  readonly dataVersion: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventContent {
  readonly type: string;
  readonly subject: string;
  readonly at: Date;
  readonly dataVersion: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Gives the content an id and a topic: system topics of resource events are per subscription. */
export function makeEvent(
  { at, ...content }: EventContent,
  subscriptionId = subscriptionOf(content.subject),
): Event {
  return {
    ...content,
    id: randomUUID(),
    topic: `/subscriptions/${subscriptionId}`,
    time: azureTime(at),
  };
}

export const subscriptionOf = (resourceId: string): string => resourceId.split("/")[2] ?? "";

/** Azure writes seven decimals, which not every parser of dates likes: better met here first. */
export const azureTime = (at: Date): string => at.toISOString().replace("Z", "0000Z");
