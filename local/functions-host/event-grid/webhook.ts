/**
 * `/runtime/webhooks/eventgrid?functionName=…`: where Event Grid delivers.
 *
 *   OPTIONS                                 → 200, the CloudEvents handshake
 *   aeg-event-type: SubscriptionValidation  → 200, the code sent back
 *   aeg-event-type: Notification            → one invocation per event, all at once: 202, or 500 if one fails
 *   aeg-event-type: Unsubscribe             → 202
 *   anything else                           → 400, plain CloudEvents requests included
 */
import type { EventGridTrigger, HostedFunction } from "../app/hosted-function.ts";
import type { Incoming, Outgoing } from "../http/incoming.ts";
import type { Invoker } from "../invocation/invoker.ts";
import { toRpcEvent, toRpcEvents } from "./to-rpc-event.ts";
import { validationCode } from "./validation-code.ts";

const DEFAULT_ORIGIN = "eventgrid.azure.net";
const ORIGINS = [
  DEFAULT_ORIGIN,
  "eventgrid.azure.us",
  "eventgrid.azure.cn",
  "eventgrid.azure.eaglex.ic.gov",
  "eventgrid.azure.microsoft.scloud",
];

export type Webhook = (incoming: Incoming) => Promise<Outgoing>;

export function createWebhook(
  functions: readonly HostedFunction<EventGridTrigger>[],
  invoker: Pick<Invoker, "invoke">,
): Webhook {
  return async (incoming) => {
    const name = incoming.url.searchParams.get("functionName") ?? "";
    const fn = functions.find((each) => each.name === name);
    if (fn === undefined) return { status: 404, body: `cannot find function: '${name}'` };
    if (incoming.method === "OPTIONS") return handshake(incoming);
    switch (incoming.headers["aeg-event-type"]) {
      case "SubscriptionValidation":
        return validate(incoming);
      case "Notification":
        return await notify(fn, invoker, incoming);
      case "Unsubscribe":
        return { status: 202 };
      default:
        return { status: 400 };
    }
  };
}

function handshake({ headers }: Incoming): Outgoing {
  const asked = headers["webhook-request-origin"];
  const origin = ORIGINS.find((each) => each === asked) ?? DEFAULT_ORIGIN;
  return { status: 200, headers: { "Webhook-Allowed-Origin": origin } };
}

function validate({ body }: Incoming): Outgoing {
  const code = validationCode(parse(body));
  return { status: 200, body: { validationResponse: code } };
}

async function notify(
  fn: HostedFunction<EventGridTrigger>,
  invoker: Pick<Invoker, "invoke">,
  { body, headers }: Incoming,
): Promise<Outgoing> {
  const content = parse(body);
  const events = Array.isArray(content) ? content : [content];
  const inputs = fn.trigger.isBatched
    ? [toRpcEvents(events)]
    : events.map((event) => toRpcEvent(event));
  const traceParent = headers["traceparent"];
  const results = await Promise.allSettled(
    inputs.map((input) => invoker.invoke(fn, { ...input, traceParent })),
  );
  // One failure fails the delivery, and Event Grid then sends the whole of it again.
  const failure = results.find((each) => each.status === "rejected");
  if (failure === undefined) return { status: 202 };
  const { reason } = failure;
  return { status: 500, body: reason instanceof Error ? reason.message : String(reason) };
}

/** Not the parser's own error: it quotes the body, and errors are logged. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Error("The body of an Event Grid request is not JSON.");
  }
}
