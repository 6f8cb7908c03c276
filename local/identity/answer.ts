/** An answer as data, so that the rules of each endpoint stay free of sockets. */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** Makes a request listener from a function; what it throws becomes a 500 without detail. */
export function answering(handle: (request: IncomingMessage) => Promise<Answer>): RequestListener {
  return (request, response) => {
    handle(request).then(
      (answer) => send(response, answer),
      () => send(response, { status: 500, body: { error: "server_error" } }),
    );
  };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
