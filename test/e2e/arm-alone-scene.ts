/** `npm run arm` as a process, as its users start it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { AloneAddresses } from "../../local/arm/alone/start-alone.ts";

const SCRIPT = fileURLToPath(new URL("../../local/arm.ts", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Empty when there is none. */
  readonly location: string;
}

export interface Emulator {
  readonly addresses: AloneAddresses;
  readonly process: ChildProcess;
  /** Of ARM, with the token that it printed unless another one is given. */
  ask(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  /** Any URL that the emulator gave, such as a SAS. */
  download(url: string): Promise<{ readonly status: number; readonly bytes: Buffer }>;
  end(signal: NodeJS.Signals): Promise<Ended>;
}

const spawnArm = (...options: readonly string[]): ChildProcess =>
  spawn(process.execPath, [SCRIPT, ...options], { stdio: ["ignore", "pipe", "pipe"] });

export async function runArm(...options: readonly string[]): Promise<Ended> {
  return await ended(spawnArm(...options));
}

async function ended(child: ChildProcess): Promise<Ended> {
  if (!child.stdout || !child.stderr) throw new Error("The process has no output.");
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code: child.exitCode, out, err };
}

/** Resolves when it has printed its line of JSON. */
export async function startEmulator(...options: readonly string[]): Promise<Emulator> {
  const child = spawnArm("--json", ...options);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const ending = ended(child);
  const line = await Promise.race([
    firstLine(child),
    ending.then(({ err }) => Promise.reject(new Error(err))),
  ]);
  const addresses: AloneAddresses = JSON.parse(line);
  const ca = await readFile(addresses.certificateAuthority, "utf8");
  const send = async (
    method: string,
    url: string,
    headers: Record<string, string>,
    body?: string,
  ) => {
    const sent = request(url, { method, ca, headers: { ...headers, connection: "close" } });
    sent.end(body);
    const [response] = await once(sent, "response");
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const { location = "" } = response.headers;
    return { status: Number(response.statusCode), location, bytes: Buffer.concat(chunks) };
  };
  return {
    addresses,
    process: child,
    ask: async (method, path, body, token = addresses.token) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const sent = body === undefined ? undefined : JSON.stringify(body);
      const { status, location, bytes } = await send(
        method,
        `${addresses.arm}${path}`,
        headers,
        sent,
      );
      const answer = bytes.length === 0 ? undefined : JSON.parse(bytes.toString());
      return { status, location, body: answer };
    },
    download: async (url) => await send("GET", url, { "x-ms-version": "2018-03-28" }),
    end: async (signal) => {
      child.kill(signal);
      return await ending;
    },
  };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let read = "";
  return await new Promise((resolve) => {
    stdout?.on("data", (chunk) => {
      read += chunk;
      if (read.includes("\n")) resolve(read.slice(0, read.indexOf("\n")));
    });
  });
}
