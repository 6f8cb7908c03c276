/** Events on their way to one webhook: attempts until they are delivered or given up. */
import type { Clock } from "../arm/clock.ts";
import { type DeadLetters, writeDeadLetter } from "./dead-letter.ts";
import { type DeliveryPolicy, judge, type Verdict } from "./delivery-policy.ts";
import type { Event } from "./event.ts";
import { post } from "./post.ts";
import type { Slots } from "./slots.ts";
import type { Subscription } from "./subscription.ts";
import { wait } from "./wait.ts";

/** What became of one event in one attempt, for tests and for the log of the local stack. */
export interface Delivery {
  readonly subscription: string;
  readonly event: Event;
  /** 1 for the first. */
  readonly attempt: number;
  readonly at: Date;
  readonly status: number | undefined;
  /** `Lost` is the faults' doing: the event never left. `DeadLettered` comes some time after `Dropped`. */
  readonly outcome: Verdict["outcome"] | "Lost" | "DeadLettered";
}

export interface DeliveryContext {
  readonly clock: Clock;
  readonly policy: DeliveryPolicy;
  readonly deadLetters: DeadLetters | undefined;
  record(delivery: Delivery): void;
}

/** Where events go; asked anew before each attempt, since a subscription may be replaced meanwhile. */
interface Destination {
  readonly subscription: Subscription;
  readonly slots: Slots;
  /** Aborted when nothing is to go there any more. */
  readonly signal: AbortSignal;
}

/** All events share one request. Rejects with the signal's reason when nothing is to go there any more. */
export async function deliver(
  events: readonly Event[],
  destination: Destination,
  context: DeliveryContext,
  attempted: () => void,
): Promise<void> {
  const { clock, deadLetters } = context;
  const { signal } = destination;
  const publishedAt = clock.now();
  for (let attempt = 1; ; attempt++) {
    const status = await request(events, destination, context, attempt);
    signal.throwIfAborted();
    const { subscription } = destination;
    const lastAttemptAt = clock.now();
    const verdict = judge(
      { number: attempt, ageInMilliseconds: lastAttemptAt - publishedAt, status },
      { ...context.policy, ...subscription.retryPolicy },
    );
    const record = (outcome: Delivery["outcome"]) => {
      const at = new Date(clock.now());
      for (const event of events)
        context.record({ subscription: subscription.name, event, attempt, at, status, outcome });
    };
    record(verdict.outcome);
    attempted();
    if (verdict.outcome === "Retrying") {
      await wait(clock, verdict.afterMilliseconds, signal);
      continue;
    }
    if (verdict.outcome === "Delivered" || deadLetters === undefined) return;
    const { reason } = verdict;
    const failure = { events, reason, attempts: attempt, status, publishedAt, lastAttemptAt };
    if (await writeDeadLetter(subscription, failure, { clock, signal, deadLetters }))
      record("DeadLettered");
    return;
  }
}

async function request(
  events: readonly Event[],
  destination: Destination,
  { policy }: DeliveryContext,
  attempt: number,
): Promise<number | undefined> {
  const { signal } = destination;
  const timeoutInMilliseconds = policy.responseTimeoutInMilliseconds;
  return await destination.slots.use(() =>
    post(destination.subscription, { events, attempt, timeoutInMilliseconds, signal }),
  );
}
