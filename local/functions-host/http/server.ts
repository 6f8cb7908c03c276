/** The host's one HTTP server: functions, webhooks and administration. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Webhook } from "../event-grid/webhook.ts";
import type { Invoker } from "../invocation/invoker.ts";
import { describeError, type Log } from "../logs/log.ts";
import { type FunctionKeys, isAuthorized } from "./authorize.ts";
import { type Incoming, type Outgoing, readIncoming } from "./incoming.ts";
import type { FindRoute } from "./router.ts";
import { sendFunctionResponse, sendOutgoing } from "./send.ts";
import { toRpcRequest } from "./to-rpc-request.ts";

export interface Endpoints {
  readonly findRoute: FindRoute;
  readonly webhook: Webhook;
  readonly admin: (incoming: Incoming) => Outgoing;
  readonly invoker: Invoker;
  /** Undefined: nothing is locked. */
  readonly keys: FunctionKeys | undefined;
  /** In bytes. */
  readonly bodyLimit: number;
  readonly log: Log;
}

/**
 * Listens on 127.0.0.1 before the app is loaded, since the app may read its own address; until `endpoints` gives
 * something, every request is answered 503.
 */
export async function listen(
  port: number,
  endpoints: () => Endpoints | undefined,
): Promise<{ server: Server; url: string }> {
  // As Kestrel does, also for headers that may be sent once only.
  const server = createServer({ joinDuplicateHeaders: true }, (request, response) => {
    answer(request, response, endpoints()).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { server, url: `http://127.0.0.1:${address.port}` };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  endpoints: Endpoints | undefined,
): Promise<void> {
  if (endpoints === undefined) {
    sendOutgoing(response, { status: 503 });
    return;
  }
  try {
    const incoming = await readIncoming(request, endpoints.bodyLimit);
    if (incoming === undefined) sendOutgoing(response, { status: 413 });
    else await dispatch(incoming, response, endpoints);
  } catch (error) {
    // Whoever asked does not wait for an answer any more.
    if (!request.complete) return;
    if (isBadAddress(error)) {
      sendOutgoing(response, { status: 400 });
      return;
    }
    endpoints.log("error", "Host", describeError(error));
    if (!response.headersSent) sendOutgoing(response, { status: 500 });
  }
}

/** No URL can be made of the request's path and `Host`. */
const isBadAddress = (error: unknown): boolean =>
  error instanceof TypeError && "code" in error && error.code === "ERR_INVALID_URL";

async function dispatch(
  incoming: Incoming,
  response: ServerResponse,
  endpoints: Endpoints,
): Promise<void> {
  const { keys, admin, webhook } = endpoints;
  const path = incoming.url.pathname.toLowerCase();
  if (path === "/" || path === "/admin/host/ping") {
    sendOutgoing(response, { status: 200 });
  } else if (path.startsWith("/admin/")) {
    const isOpen = isAuthorized(keys, { level: "admin", functionName: "" }, incoming.key);
    sendOutgoing(response, isOpen ? admin(incoming) : { status: 401 });
  } else if (path === "/runtime/webhooks/eventgrid") {
    const lock = { level: "system", keyName: "eventgrid_extension" } as const;
    const isOpen = isAuthorized(keys, lock, incoming.key);
    sendOutgoing(response, isOpen ? await webhook(incoming) : { status: 401 });
  } else {
    await callFunction(incoming, response, endpoints);
  }
}

async function callFunction(
  incoming: Incoming,
  response: ServerResponse,
  { findRoute, invoker, keys }: Endpoints,
): Promise<void> {
  const match = findRoute(incoming.method, incoming.url.pathname);
  if (match === undefined) {
    sendOutgoing(response, { status: 404 });
    return;
  }
  const { fn, params } = match;
  const lock = { level: fn.trigger.authLevel, functionName: fn.name };
  if (!isAuthorized(keys, lock, incoming.key)) {
    sendOutgoing(response, { status: 401 });
    return;
  }
  const result = await invoker.invoke(fn, toRpcRequest(incoming, params)).catch(() => undefined);
  // The reason is in the log, and nowhere else.
  if (result === undefined) sendOutgoing(response, { status: 500 });
  else sendFunctionResponse(response, result);
}
