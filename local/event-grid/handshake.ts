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

/** Throws when the endpoint does not answer as it must. */
export async function shakeHands(subscription: Subscription, signal: AbortSignal): Promise<void> {
  const reason =
    subscription.schema === "EventGridSchema"
      ? await validateByCode(subscription, signal)
      : await validateByOrigin(subscription, signal);
  if (reason === undefined) return;
  throw new Error(`The webhook of event subscription "${subscription.name}" ${reason}.`);
}

async function validateByCode(
  subscription: Subscription,
  signal: AbortSignal,
): Promise<string | undefined> {
  const validationCode = randomUUID();
  const event = makeEvent({
    type: "Microsoft.EventGrid.SubscriptionValidationEvent",
    subject: "",
    at: new Date(),
    dataVersion: "1",
    data: { validationCode },
  });
  const response = await fetch(endpointOf(subscription), {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      "aeg-event-type": "SubscriptionValidation",
      "aeg-subscription-name": subscription.name.toUpperCase(),
    },
    body: JSON.stringify([eventGridEvent(event)]),
    redirect: "manual",
    signal,
  });
  const answer = await response.text();
  if (response.status !== 200) return `answered the validation with ${response.status}, not 200`;
  if (!answersCode(answer, validationCode)) return "did not answer with the validation code";
  return undefined;
}

async function validateByOrigin(
  subscription: Subscription,
  signal: AbortSignal,
): Promise<string | undefined> {
  const response = await fetch(endpointOf(subscription), {
    method: "OPTIONS",
    headers: { "WebHook-Request-Origin": ORIGIN, "WebHook-Request-Rate": "120" },
    redirect: "manual",
    signal,
  });
  await response.body?.cancel();
  const allowed = response.headers.get("WebHook-Allowed-Origin");
  if (response.status !== 200) return `answered OPTIONS with ${response.status}, not 200`;
  if (allowed !== ORIGIN && allowed !== "*") return `does not allow events from ${ORIGIN}`;
  return undefined;
}

function answersCode(answer: string, code: string): boolean {
  try {
    const parsed: unknown = JSON.parse(answer);
    return (
      typeof parsed === "object" &&
      parsed !== null &&
      "validationResponse" in parsed &&
      parsed.validationResponse === code
    );
  } catch {
    return false;
  }
}
