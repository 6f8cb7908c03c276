/** Writes answers to the wire. */
import type { ServerResponse } from "node:http";
import type { InvocationResponse } from "../app/rpc.ts";
import type { Outgoing } from "./incoming.ts";
import { setCookie } from "./set-cookie.ts";

/** An answer of the host itself: text as it is, anything else as JSON. */
export function sendOutgoing(response: ServerResponse, { status, headers, body }: Outgoing): void {
  const isText = typeof body === "string";
  const content = body === undefined || isText ? (body ?? "") : JSON.stringify(body);
  const type = isText ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
  response.writeHead(status, {
    "content-length": Buffer.byteLength(content),
    ...(content === "" ? {} : { "content-type": type }),
    ...headers,
  });
  response.end(content);
}

/** A function's answer. One that returned nothing answers 200 with an empty body. */
export function sendFunctionResponse(
  response: ServerResponse,
  { returnValue }: InvocationResponse,
): void {
  const http = returnValue?.http;
  if (http === undefined) {
    sendOutgoing(response, { status: 200 });
    return;
  }
  const body = Buffer.from(http.body?.bytes ?? http.body?.string ?? "");
  const cookies = http.cookies?.map(setCookie) ?? [];
  const status = Number(http.statusCode ?? 200);
  for (const [name, value] of Object.entries(http.headers ?? {})) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  if (status !== 204 && status !== 304) response.setHeader("content-length", body.length);
  response.writeHead(status);
  response.end(body);
}
