/** The host's own endpoints below `/admin`. `/admin/host/metrics` is a local extra. */
import { hostname } from "node:os";
import { HOST_VERSION } from "../app/core-module.ts";
import type { HostedFunction } from "../app/hosted-function.ts";
import type { Invoker } from "../invocation/invoker.ts";
import type { Metrics } from "../invocation/metrics.ts";
import type { ListenerGroup } from "../listening/listener-group.ts";
import type { Incoming, Outgoing } from "./incoming.ts";
import { manualInput } from "./manual-input.ts";

export interface AdminOptions {
  readonly hostId: string;
  readonly functions: readonly HostedFunction[];
  readonly invoker: Invoker;
  readonly metrics: Metrics;
  readonly listeners: ListenerGroup;
}

const NOT_FOUND: Outgoing = { status: 404 };

export function createAdmin(options: AdminOptions): (incoming: Incoming) => Outgoing {
  const { hostId, invoker, metrics, listeners } = options;
  const endpoints: Record<string, (incoming: Incoming) => Outgoing> = {
    "GET /admin/host/ping": () => ({ status: 200 }),
    "POST /admin/host/ping": () => ({ status: 200 }),
    "GET /admin/host/status": () => ({ status: 200, body: hostStatus(hostId) }),
    "GET /admin/host/metrics": () => ({ status: 200, body: metrics.report() }),
    "GET /admin/host/drain/status": () => ({
      status: 200,
      body: {
        state: listeners.state,
        outstandingInvocations: invoker.outstanding,
        outstandingRetries: 0,
      },
    }),
    "POST /admin/host/drain": () => {
      void listeners.drain();
      return { status: 202 };
    },
    "POST /admin/host/resume": () => {
      listeners.resume();
      return { status: 200, body: { state: "Running" } };
    },
  };
  return (incoming) => {
    const path = incoming.url.pathname;
    const endpoint = endpoints[`${incoming.method} ${path.toLowerCase()}`];
    if (endpoint !== undefined) return endpoint(incoming);
    const name = /^\/admin\/functions\/([^/]+)$/i.exec(path)?.[1];
    return name !== undefined && incoming.method === "POST"
      ? runByHand(options, name, incoming)
      : NOT_FOUND;
  };
}

/** Answers before the function has run: its outcome is in the log. */
function runByHand({ functions, invoker }: AdminOptions, name: string, incoming: Incoming) {
  const fn = functions.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (fn === undefined) return NOT_FOUND;
  const input = manualInput(fn, incoming.body.toString());
  if (input === undefined) return { status: 400 };
  invoker.invoke(fn, input).catch(() => undefined);
  return { status: 202 };
}

function hostStatus(id: string) {
  return {
    id,
    state: "Running",
    version: HOST_VERSION,
    versionDetails: HOST_VERSION,
    computerName: hostname(),
    processUptime: Math.round(process.uptime() * 1000),
  };
}
