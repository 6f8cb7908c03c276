/** The emulator in a process of its own, as `npm run arm` starts it, and the ways to talk to it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../local/arm.ts", import.meta.url));

interface Addresses {
  readonly arm: string;
  readonly control: string;
  readonly token: string;
  readonly certificateAuthority: string;
}

export interface EmulatorProcess extends Addresses {
  readonly pid: number;
  readonly ca: Buffer;
  stop(): Promise<void>;
}

/** `folder`: where it keeps its state; left out: nowhere. */
export async function startEmulatorProcess(folder?: string): Promise<EmulatorProcess> {
  const data = folder === undefined ? [] : ["--data", folder];
  const child = spawn(process.execPath, [SCRIPT, "--json", "--port", "0", ...data], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const addresses = await firstLine<Addresses>(child);
  return {
    ...addresses,
    pid: child.pid ?? 0,
    ca: readFileSync(addresses.certificateAuthority),
    stop: async () => {
      const exited = once(child, "exit");
      child.kill("SIGINT");
      await exited;
    },
  };
}

/** What a child says when it is ready. */
export async function firstLine<T>({ stdout }: ChildProcess): Promise<T> {
  if (stdout === null) throw new Error("The process has no output.");
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line);
  throw new Error("The process ended before it was ready.");
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export type Ask = (method: string, path: string, body?: unknown) => Promise<Answered>;

/** Requests to ARM, on connections that stay open. `path` may be a whole URL. */
export function createAsk({ arm, token, ca }: EmulatorProcess): Ask & { close(): void } {
  const agent = new Agent({ keepAlive: true, ca });
  const ask: Ask = async (method, path, body) =>
    await send(new URL(path, arm), { method, agent, token, body });
  return Object.assign(ask, { close: () => agent.destroy() });
}

interface Sent {
  readonly method: string;
  readonly agent: Agent;
  readonly token?: string;
  readonly body?: unknown;
}

export async function send(url: URL, { method, agent, token, body }: Sent): Promise<Answered> {
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const sent = request(url, { method, agent, headers }, (answer) => {
    let text = "";
    answer.setEncoding("utf8");
    answer.on("data", (piece: string) => {
      text += piece;
    });
    answer.on("end", () =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
    );
    answer.on("error", reject);
  });
  sent.on("error", reject);
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  return await promise;
}

/** A request that must succeed. */
export async function done(answered: Promise<Answered>): Promise<Answered> {
  const answer = await answered;
  if (answer.status < 300) return answer;
  throw new Error(`Answered ${answer.status}: ${answer.text}`);
}
