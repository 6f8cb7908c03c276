/**
 * An Event Grid topic that takes CloudEvents, with the app's own identity. The SDK is loaded with the first event, so
 * that a start does not pay for it; its retries are off, because the queue's are enough.
 */
import type { TokenCredential } from "@azure/core-auth";
import { RestError } from "@azure/core-rest-pipeline";
import type { EventGridPublisherClient } from "@azure/eventgrid";
import type { Notifications } from "../notify/notifications.ts";
import { once } from "../once.ts";

type Client = EventGridPublisherClient<"CloudEvent">;

const TIMEOUT_MS = 20_000;

export function azureEventGrid(
  endpoint: string,
  credential: TokenCredential,
): Notifications["publish"] {
  const client = once(() => connect(endpoint, credential));
  return async ({ time, ...event }) => {
    const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      await (await client()).send([{ ...event, time: new Date(time) }], { abortSignal });
    } catch (error) {
      throw new Error(`The topic has not taken the notification: ${reasonIn(error)}.`);
    }
  };
}

async function connect(endpoint: string, credential: TokenCredential): Promise<Client> {
  const { EventGridPublisherClient } = await import("@azure/eventgrid");
  const options = { retryOptions: { maxRetries: 0 } };
  return new EventGridPublisherClient(endpoint, "CloudEvent", credential, options);
}

/** One word: the SDK's errors hold the request, and so its token. */
function reasonIn(error: unknown): string {
  if (error instanceof RestError) return `${error.statusCode ?? error.code ?? error.name}`;
  return error instanceof Error ? error.name : "Unknown";
}
