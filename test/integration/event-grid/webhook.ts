/** A webhook that behaves as the Event Grid trigger of a functions host does, until told otherwise. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { text } from "node:stream/consumers";
import { listen } from "../../../local/loopback/listen.ts";

interface Received {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Undefined for a request without a body. */
  readonly body: unknown;
}

export interface Webhook {
  readonly url: string;
  readonly received: readonly Received[];
  /** Notifications only, handshakes left out. */
  notifications(): readonly Received[];
  close(): Promise<void>;
}

type Respond = (request: Received, response: ServerResponse) => void;

/** What a functions host answers when all goes well. */
const agreeable: Respond = ({ method, headers, body }, response) => {
  if (method === "OPTIONS") response.setHeader("WebHook-Allowed-Origin", "eventgrid.azure.net");
  if (method === "OPTIONS") response.end();
  else if (headers["aeg-event-type"] === "SubscriptionValidation") {
    const [event] = body as [{ data: { validationCode: string } }];
    response.end(JSON.stringify({ validationResponse: event.data.validationCode }));
  } else response.writeHead(202).end();
};

/** Agrees to the handshake, and answers notifications with these statuses in turn, then with 202. */
export function answering(...statuses: number[]): Respond {
  return (request, response) => {
    const status =
      request.headers["aeg-event-type"] === "Notification" ? statuses.shift() : undefined;
    if (status === undefined) agreeable(request, response);
    else response.writeHead(status).end();
  };
}

export async function startWebhook(respond: Respond = agreeable): Promise<Webhook> {
  const received: Received[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", headers } = request;
    const body = await text(request);
    const one = { method, headers, body: body ? (JSON.parse(body) as unknown) : undefined };
    received.push(one);
    respond(one, response);
  };
  const server = createServer((request, response) => void handle(request, response));
  const { port, close } = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}/runtime/webhooks/eventgrid?functionName=ResourceChanged`,
    received,
    notifications: () =>
      received.filter(({ headers }) => headers["aeg-event-type"] === "Notification"),
    close,
  };
}
