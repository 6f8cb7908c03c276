/**
 * Event Grid sends nothing to a webhook that has not agreed to it.
 * https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
 * https://learn.microsoft.com/azure/event-grid/end-point-validation-cloud-events-schema
 */
import { randomUUID } from "node:crypto";
import { eventGridEvent } from "./envelope.ts";
import { makeEvent } from "./event.ts";
import { endpointOf, type Subscription } from "./subscription.ts";

const ORIGIN = "eventgrid.azure.net";

/** What of the reason is fit to follow "The webhook …". */
export type Handshake =
  | { readonly outcome: "Agreed" }
  /** It took the question, and may still agree by a request to the callback URL. */
  | { readonly outcome: "Awaited" }
  | { readonly outcome: "Refused"; readonly reason: string };

interface Circumstances {
  readonly at: Date;
  readonly signal: AbortSignal;
  /** Of real time. */
  readonly timeoutInMilliseconds: number;
  /** Left out: the webhook must agree at once. */
  readonly callbackUrl: string | undefined;
}

export async function shakeHands(
  subscription: Subscription,
  { at, signal, timeoutInMilliseconds, callbackUrl }: Circumstances,
): Promise<Handshake> {
  const question =
    subscription.schema === "EventGridSchema"
      ? validationEvent(subscription, at, callbackUrl)
      : validationOptions(callbackUrl);
  try {
    const response = await fetch(endpointOf(subscription), {
      ...question.request,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutInMilliseconds)]),
    });
    const text = await response.text();
    if (response.status !== 200)
      return refused(`answered the validation with ${response.status}, not 200`);
    if (question.agrees(response.headers, text)) return { outcome: "Agreed" };
    return callbackUrl === undefined ? refused(question.otherwise) : { outcome: "Awaited" };
  } catch {
    signal.throwIfAborted();
    return refused("cannot be reached, or did not answer in time");
  }
}

const refused = (reason: string): Handshake => ({ outcome: "Refused", reason });

interface Question {
  readonly request: RequestInit;
  readonly agrees: (headers: Headers, text: string) => boolean;
  /** What is wrong with an answer that does not agree. */
  readonly otherwise: string;
}

function validationEvent(
  { name, subscriptionId }: Subscription,
  at: Date,
  validationUrl: string | undefined,
): Question {
  const validationCode = randomUUID();
  const event = makeEvent(
    {
      type: "Microsoft.EventGrid.SubscriptionValidationEvent",
      subject: "",
      at,
      dataVersion: "1",
      data: { validationCode, ...(validationUrl === undefined ? {} : { validationUrl }) },
    },
    subscriptionId,
  );
  return {
    request: {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "aeg-event-type": "SubscriptionValidation",
        "aeg-subscription-name": name.toUpperCase(),
      },
      body: JSON.stringify([eventGridEvent(event)]),
    },
    agrees: (_headers, text) => codeIn(text) === validationCode,
    otherwise: "did not answer with the validation code",
  };
}

const validationOptions = (callbackUrl: string | undefined): Question => ({
  request: {
    method: "OPTIONS",
    headers: {
      "WebHook-Request-Origin": ORIGIN,
      "WebHook-Request-Rate": "120",
      ...(callbackUrl === undefined ? {} : { "WebHook-Request-Callback": callbackUrl }),
    },
  },
  agrees: (headers) => ["*", ORIGIN].includes(headers.get("WebHook-Allowed-Origin") ?? ""),
  otherwise: `does not allow events from ${ORIGIN}`,
});

function codeIn(answer: string): unknown {
  try {
    const parsed: unknown = JSON.parse(answer);
    return typeof parsed === "object" && parsed !== null && "validationResponse" in parsed
      ? parsed.validationResponse
      : undefined;
  } catch {
    return undefined;
  }
}
