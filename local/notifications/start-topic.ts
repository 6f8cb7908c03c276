/**
 * Stands in for the Event Grid topic that operators are told through, and for whoever subscribes to it: takes what the
 * SDK's publisher sends, and keeps the last of it to be looked at.
 */
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import { text } from "node:stream/consumers";
import { type Answer, answering } from "../identity/answer.ts";
import { listen } from "../loopback/listen.ts";
import type { Certificate } from "../tls/certificate.ts";
import { type CloudEvent, readBatch } from "./cloud-event.ts";

export interface Topic {
  /** Where events are published to, as `NOTIFICATIONS_ENDPOINT` has it. */
  readonly endpoint: string;
  /** Where they are read: `GET`, the newest last. */
  readonly eventsUrl: string;
  /** The newest ones, in the order that they came in. */
  readonly events: readonly CloudEvent[];
  close(): Promise<void>;
}

export interface TopicOptions {
  readonly certificate: Pick<Certificate, "cert" | "key">;
  /** Throws unless the token opens Event Grid. */
  readonly verifyToken: (token: string) => Promise<void>;
  /** Left out: a free port. */
  readonly port?: number;
  readonly onEvent?: (event: CloudEvent) => void;
  /** What a request is refused with; undefined: it is taken. */
  readonly fault?: () => number | undefined;
}

const PUBLISH = "/api/events";
const READ = "/events";
const MOST_EVENTS = 1000;

export async function startTopic(options: TopicOptions): Promise<Topic> {
  const events: CloudEvent[] = [];
  const keep = (event: CloudEvent) => {
    events.push(event);
    if (events.length > MOST_EVENTS) events.shift();
    options.onEvent?.(event);
  };
  const { cert, key } = options.certificate;
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname } = new URL(request.url ?? "/", "https://localhost");
    if (request.method === "GET" && pathname === READ) return { status: 200, body: events };
    if (request.method !== "POST" || pathname !== PUBLISH) return refuse(404, "Not found.");
    return await publish(request, options, keep);
  };
  const { port, close } = await listen(
    createServer({ cert, key }, answering(answer)),
    options.port ?? 0,
  );
  const url = `https://localhost:${port}`;
  return { endpoint: `${url}${PUBLISH}`, eventsUrl: `${url}${READ}`, events, close };
}

async function publish(
  request: IncomingMessage,
  { verifyToken, fault }: TopicOptions,
  keep: (event: CloudEvent) => void,
): Promise<Answer> {
  const body = await text(request);
  const [, token = ""] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
  const isKnown = await verifyToken(token).then(
    () => true,
    () => false,
  );
  if (!isKnown) return refuse(401, "The request needs a token for Event Grid.");
  const status = fault?.();
  if (status !== undefined) return refuse(status, "As was asked for.");
  const batch = readBatch(request.headers["content-type"], body);
  if (batch === undefined) return refuse(400, "Expected a batch of CloudEvents 1.0.");
  for (const event of batch) keep(event);
  return { status: 200, body: {} };
}

const refuse = (status: number, message: string): Answer => ({
  status,
  body: { error: { code: `${status}`, message } },
});
