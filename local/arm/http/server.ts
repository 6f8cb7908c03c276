/** From a TLS request to an answer and back: faults, headers, and the request log. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import type { Certificate } from "../../tls/certificate.ts";
import type { Faults } from "../faults.ts";
import type { LoggedRequest, RequestLog } from "../request-log.ts";
import { ArmError } from "./arm-error.ts";
import type { ArmAnswer } from "./arm-request.ts";

/** A request before anything of it was looked at. */
export interface RawRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly requestId: string;
  readonly correlationId: string;
  /** Says more of it to the log. */
  readonly note: (known: Pick<LoggedRequest, "caller" | "actions">) => void;
}

export interface ServerParts {
  readonly certificate: Pick<Certificate, "cert" | "key">;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Throws what ARM refuses. */
  readonly handle: (request: RawRequest) => Promise<ArmAnswer>;
}

/** ARM takes 4 MB. */
const LARGEST_BODY = 4 * 1024 ** 2;

export const createArmServer = (parts: ServerParts): Server =>
  createServer(
    { cert: parts.certificate.cert, key: parts.certificate.key },
    (incoming, outgoing) => {
      serve(parts, incoming, outgoing).catch(() => outgoing.destroy());
    },
  );

async function serve(
  { faults, log, handle }: ServerParts,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const method = incoming.method ?? "GET";
  const url = urlOf(incoming);
  const entry = log.received(method, url.pathname);
  const fault = faults.take(method, url.pathname);
  if (fault === "reset") {
    outgoing.destroy();
    return;
  }
  const headers = headersOf(incoming);
  const text = await bodyOf(incoming);
  const request: RawRequest = {
    method,
    url,
    headers,
    text: text ?? "",
    requestId: randomUUID(),
    correlationId: headers["x-ms-correlation-request-id"] ?? randomUUID(),
    note: (known) => Object.assign(entry, known),
  };
  if (typeof fault === "object" && "delayMs" in fault) await delay(fault.delayMs);
  const injected = typeof fault === "object" && "status" in fault ? fault : undefined;
  const answer =
    injected ?? (await answerOf(() => (text === undefined ? tooLarge() : handle(request))));
  if (fault === "drop-response") {
    outgoing.destroy();
    return;
  }
  const written = write(outgoing, answer, request);
  log.answered(entry, request, { ...written, isFault: injected !== undefined });
}

const tooLarge = (): ArmAnswer => {
  const message = `The request content size exceeds the maximum size of ${LARGEST_BODY} bytes.`;
  throw new ArmError(413, "RequestContentTooLarge", message);
};

async function answerOf(run: () => ArmAnswer | Promise<ArmAnswer>): Promise<ArmAnswer> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ArmError) {
      return { status: error.status, body: error.body, headers: error.headers };
    }
    // A bug of the emulator: louder than anything Azure would say.
    console.error(error);
    return { status: 500, body: { error: { code: "EmulatorError", message: String(error) } } };
  }
}

/** Whatever the request line and the Host header say, it is a URL. */
const urlOf = ({ url = "/", headers: { host } }: IncomingMessage): URL =>
  URL.parse(url.startsWith("/") ? `https://${host}${url}` : url) ?? new URL("https://localhost/");

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? (value[0] ?? "") : value]],
    ),
  );

/** Undefined when it is too large. */
async function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  return size > LARGEST_BODY ? undefined : Buffer.concat(chunks).toString("utf8");
}

function write(
  outgoing: ServerResponse,
  { status, body, headers: more }: ArmAnswer,
  { requestId, correlationId, headers: { "x-ms-client-request-id": clientRequestId } }: RawRequest,
) {
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers: Record<string, string> = {
    "Cache-Control": "no-cache",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "x-ms-request-id": requestId,
    "x-ms-correlation-request-id": correlationId,
    "x-ms-routing-request-id": `LOCAL:${requestId}`,
    ...(clientRequestId === undefined ? {} : { "x-ms-client-request-id": clientRequestId }),
    "Content-Length": `${Buffer.byteLength(text)}`,
    ...(text === "" ? {} : { "Content-Type": "application/json; charset=utf-8" }),
    ...more,
  };
  outgoing.writeHead(status, headers);
  outgoing.end(text);
  return { status, headers, text };
}
