/** From a TLS request to a handler and back: token, api-version, route, headers, errors, faults, and the request log. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import type { Certificate } from "../../tls/certificate.ts";
import type { Faults } from "../faults.ts";
import type { RequestLog } from "../request-log.ts";
import { ArmError } from "./arm-error.ts";
import type { ArmAnswer, ArmRequest } from "./arm-request.ts";
import type { RemainingCalls } from "./remaining-calls.ts";
import type { Router } from "./router.ts";

export interface ServerParts {
  readonly certificate: Pick<Certificate, "cert" | "key">;
  readonly router: Router;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly remainingCalls: RemainingCalls;
  /** Throws when the token is not one for ARM. */
  readonly verifyToken: (token: string) => Promise<void>;
}

export const createArmServer = (parts: ServerParts): Server =>
  createServer(
    { cert: parts.certificate.cert, key: parts.certificate.key },
    (incoming, outgoing) => {
      serve(parts, incoming, outgoing).catch(() => outgoing.destroy());
    },
  );

async function serve(
  parts: ServerParts,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const method = incoming.method ?? "GET";
  const url = new URL(incoming.url ?? "/", `https://${incoming.headers.host}`);
  const entry = parts.log.received(method, url.pathname);
  const fault = parts.faults.take(method, url.pathname);
  if (fault === "reset") {
    outgoing.destroy();
    return;
  }
  const requestId = randomUUID();
  const correlationId = headerOf(incoming, "x-ms-correlation-request-id") ?? randomUUID();
  const text = await bodyOf(incoming);
  if (typeof fault === "object" && "delayMs" in fault) await delay(fault.delayMs);
  const answer =
    typeof fault === "object" && "status" in fault
      ? fault
      : await answerOf(parts, { incoming, method, url, text, requestId, correlationId });
  if (fault === "drop-response") {
    outgoing.destroy();
    return;
  }
  entry.answered(answer.status);
  const remaining = parts.remainingCalls.take(method, Date.now());
  write(outgoing, answer, { requestId, correlationId, remaining });
}

interface Raw {
  readonly incoming: IncomingMessage;
  readonly method: string;
  readonly url: URL;
  readonly text: string;
  readonly requestId: string;
  readonly correlationId: string;
}

async function answerOf(parts: ServerParts, raw: Raw): Promise<ArmAnswer> {
  try {
    await demandToken(parts, raw.incoming);
    return await handle(parts, raw);
  } catch (error) {
    if (error instanceof ArmError) {
      return { status: error.status, body: error.body, headers: error.headers };
    }
    // A bug of the emulator: louder than anything Azure would say.
    console.error(error);
    return { status: 500, body: { error: { code: "EmulatorError", message: String(error) } } };
  }
}

async function handle({ router }: ServerParts, raw: Raw): Promise<ArmAnswer> {
  const { method, url, text, requestId, correlationId } = raw;
  const apiVersion = demandVersion(url);
  const match = router(method, url.pathname);
  if (match === undefined) {
    const message = `The emulator has no ${method} ${url.pathname}.`;
    throw new ArmError(404, "InvalidResourceType", message);
  }
  const { since = "" } = match.route;
  if (apiVersion < since) {
    const message = `This request can be made with api-version '${since}' or newer`;
    throw new ArmError(400, "BadRequest", message);
  }
  const clientRequestId = headerOf(raw.incoming, "x-ms-client-request-id") ?? requestId;
  const ids = { requestId, correlationId, clientRequestId };
  const request: ArmRequest = {
    method,
    url,
    params: match.params,
    apiVersion,
    body: jsonOf(text),
    ...ids,
  };
  return await match.route.handler(request);
}

async function demandToken({ verifyToken }: ServerParts, incoming: IncomingMessage) {
  const token = /^Bearer (.+)$/i.exec(headerOf(incoming, "authorization") ?? "")?.[1];
  if (token === undefined) {
    const message = "Authentication failed. The 'Authorization' header is missing.";
    throw new ArmError(401, "AuthenticationFailed", message);
  }
  try {
    await verifyToken(token);
  } catch {
    throw new ArmError(401, "InvalidAuthenticationToken", "The access token is invalid.");
  }
}

function demandVersion(url: URL): string {
  const version = url.searchParams.get("api-version");
  if (!version) {
    const message = "The api-version query parameter (?api-version=) is required for all requests.";
    throw new ArmError(400, "MissingApiVersionParameter", message);
  }
  if (/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)) return version;
  throw new ArmError(400, "InvalidApiVersionParameter", `The api-version '${version}' is invalid.`);
}

function jsonOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ArmError(400, "InvalidRequestContent", "The request content is not valid JSON.");
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

const headerOf = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

interface WrittenHeaders {
  readonly requestId: string;
  readonly correlationId: string;
  readonly remaining: Readonly<Record<string, string>>;
}

function write(
  outgoing: ServerResponse,
  { status, body, headers }: ArmAnswer,
  { requestId, correlationId, remaining }: WrittenHeaders,
): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  outgoing.writeHead(status, {
    "Cache-Control": "no-cache",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "x-ms-request-id": requestId,
    "x-ms-correlation-request-id": correlationId,
    "x-ms-routing-request-id": `LOCAL:${requestId}`,
    ...remaining,
    "Content-Length": `${Buffer.byteLength(text)}`,
    ...(text === "" ? {} : { "Content-Type": "application/json; charset=utf-8" }),
    ...headers,
  });
  outgoing.end(text);
}
