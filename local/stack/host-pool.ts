/** The functions hosts of a stack: one or several, each of which may be killed and started again. */
import { type FunctionsHost, startFunctionsHost } from "../functions-host/spawn.ts";

export interface HostPool {
  readonly hosts: readonly FunctionsHost[];
  /** The address of a host that runs, in turn, as a load balancer would choose it. */
  nextUrl(): string;
  /** Starts host `index` again on its port and with its settings, ending it first if it still runs. */
  restart(index: number): Promise<FunctionsHost>;
  stop(): Promise<void>;
}

export interface HostPoolOptions {
  readonly app: string;
  readonly count: number;
  /** Of the first host; the others take free ports. */
  readonly port: number | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly onLog: (line: string) => void;
}

export async function startHostPool(options: HostPoolOptions): Promise<HostPool> {
  const { app, env, onLog, count } = options;
  const start = async (port: number | undefined) =>
    await startFunctionsHost({ app, env, onLog, ...(port !== undefined && { port }) });
  const indexes = Array.from({ length: count }, (_, index) => index);
  const started = await Promise.allSettled(
    indexes.map((index) => start(index === 0 ? options.port : undefined)),
  );
  const hosts = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failure = started.find((one) => one.status === "rejected");
  const stop = async () => {
    await Promise.all(hosts.map(stopOrKill));
  };
  if (failure) {
    await stop();
    throw failure.reason;
  }
  const ended = new WeakSet<FunctionsHost>();
  const watch = (host: FunctionsHost) => void host.exited.then(() => ended.add(host));
  for (const host of hosts) watch(host);
  let turn = 0;
  return {
    hosts,
    nextUrl: () => {
      const running = hosts.filter((host) => !ended.has(host));
      const candidates = running.length > 0 ? running : hosts;
      const host = candidates[turn++ % candidates.length];
      if (!host) throw new Error("The stack has no functions host.");
      return host.url;
    },
    restart: async (index) => {
      const old = hosts[index];
      if (!old) throw new Error(`There is no functions host ${index}.`);
      await stopOrKill(old);
      const host = await start(Number(new URL(old.url).port));
      hosts[index] = host;
      watch(host);
      return host;
    },
    stop,
  };
}

/** Invocations that run get a moment to end; every one of them could be killed at any time anyway. */
const GRACE_MILLISECONDS = 1000;

async function stopOrKill(host: FunctionsHost): Promise<void> {
  const timer = setTimeout(() => void host.kill(), GRACE_MILLISECONDS);
  await host.stop();
  clearTimeout(timer);
}
