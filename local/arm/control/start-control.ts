/**
 * The emulator's control plane: everything that a test wants of the emulator, and Azure does not have. It has a port of
 * its own, speaks plain HTTP, and answers this machine only.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { EventGrid } from "../../event-grid/start-event-grid.ts";
import { listen } from "../../loopback/listen.ts";
import type { ArmEmulator } from "../start-arm.ts";
import { ControlError, notFound } from "./control-error.ts";
import type { ControlAnswer, ControlRequest, ControlRoutes } from "./control-route.ts";
import { controlRoutes } from "./control-routes.ts";
import { demandLocal } from "./local-only.ts";

export interface ControlOptions {
  readonly arm: ArmEmulator;
  readonly eventGrid?: EventGrid;
  /** Left out: a free one. */
  readonly port?: number;
  /** Where the emulator keeps its state, if it does. */
  readonly folder?: string;
}

export interface Control {
  /** `http://localhost:<port>/_emulator` */
  readonly url: string;
  close(): Promise<void>;
}

export async function startControl(options: ControlOptions): Promise<Control> {
  const { arm, eventGrid, folder } = options;
  const routes = controlRoutes({ arm, eventGrid, folder });
  const server = createServer((incoming, outgoing) => {
    serve(routes, incoming, outgoing).catch(() => outgoing.destroy());
  });
  const { port, close } = await listen(server, options.port ?? 0);
  return { url: `http://localhost:${port}${ROOT}`, close };
}

const ROOT = "/_emulator";

async function serve(
  routes: ControlRoutes,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    demandLocal(incoming.headers, incoming.socket.localPort ?? 0);
    await send(outgoing, await answerOf(routes, incoming));
  } catch (error) {
    // Half an answer must not pass for a whole one.
    if (outgoing.headersSent) outgoing.destroy();
    else sendError(outgoing, error);
  }
  // What a refused request still sends is not read for its own sake.
  incoming.resume();
}

async function answerOf(routes: ControlRoutes, incoming: IncomingMessage): Promise<ControlAnswer> {
  const request: ControlRequest = { url: urlOf(incoming), incoming };
  const path = request.url.pathname;
  const name = path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : "";
  const methods = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (methods === undefined) throw notFound(`The control plane has no ${path}.`);
  const method = incoming.method ?? "";
  const handle = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (handle) return await handle(request);
  const allowed = Object.keys(methods).join(", ");
  throw new ControlError(405, "MethodNotAllowed", `${path} knows ${allowed}.`, "method");
}

function urlOf({ url = "/" }: IncomingMessage): URL {
  try {
    return new URL(`http://localhost${url}`);
  } catch {
    throw new ControlError(400, "InvalidParameter", "url: is none.", "url");
  }
}

async function send(outgoing: ServerResponse, answer: ControlAnswer): Promise<void> {
  if (answer === undefined) {
    outgoing.writeHead(204).end();
  } else if ("json" in answer) {
    sendJson(outgoing, 200, answer.json);
  } else {
    outgoing.writeHead(200, { "Content-Type": answer.type });
    await pipeline(Readable.from(answer.stream), outgoing);
  }
}

function sendError(outgoing: ServerResponse, error: unknown): void {
  if (error instanceof ControlError) {
    const { status, code, message, target } = error;
    sendJson(outgoing, status, { error: { code, message, ...(target ? { target } : {}) } });
    return;
  }
  // A bug of the emulator, or storage that is gone.
  console.error(error);
  sendJson(outgoing, 500, { error: { code: "EmulatorError", message: String(error) } });
}

function sendJson(outgoing: ServerResponse, status: number, body: unknown): void {
  const text = `${JSON.stringify(body)}\n`;
  outgoing.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
  });
  outgoing.end(text);
}
