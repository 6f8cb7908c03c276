/**
 * Azurite as a child process: tables, queues and blobs, in memory or in a folder, over TLS, with Entra ID tokens accepted.
 * Its output is dropped, since its access log prints signed URLs.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../loopback/free-port.ts";
import type { Certificate } from "../tls/certificate.ts";

/** Azurite's well-known development account; its key is public. */
const DEVELOPMENT_ACCOUNT = "devstoreaccount1";
const DEVELOPMENT_KEY =
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

interface AzuritePorts {
  readonly blob: number;
  readonly queue: number;
  readonly table: number;
}

interface StorageAccount {
  readonly name: string;
  /** Base64, as in a connection string. */
  readonly key: string;
}

export interface Azurite {
  /** The account of the functions app. */
  readonly account: StorageAccount;
  /** A second account, private to the ARM emulator: it holds the bytes of the disks. */
  readonly disks: StorageAccount;
  /** Service addresses of an account, without a trailing slash. */
  urls(account: StorageAccount): { blob: string; queue: string; table: string };
  connectionString(account: StorageAccount): string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface AzuriteOptions {
  readonly certificate: Pick<Certificate, "certFile" | "keyFile">;
  /** Left out: free ports. */
  readonly ports?: AzuritePorts;
  /** Where everything is kept, across restarts; left out: in memory. */
  readonly folder?: string;
  /** Whether it ends by itself when this process is killed. */
  readonly endsWithUs?: boolean;
}

/** Resolves when all three services answer. Throws when the process ends before that. */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  const ports = options.ports ?? (await freePorts());
  const account = { name: DEVELOPMENT_ACCOUNT, key: DEVELOPMENT_KEY };
  const disks = { name: "disks", key: Buffer.alloc(64, "disk").toString("base64") };
  const child = spawn(process.execPath, processArguments(options, ports), {
    // Its end of the pipe is closed when this process ends, however it does.
    stdio: [options.endsWithUs ? "pipe" : "ignore", "ignore", "ignore"],
    // Ctrl-C reaches the whole process group of a terminal; the functions host needs storage while it drains.
    detached: true,
    env: {
      ...process.env,
      AZURITE_ACCOUNTS: [account, disks].map((each) => `${each.name}:${each.key}`).join(";"),
    },
  });
  await Promise.all(Object.values(ports).map((port) => listening(port, child)));
  const urls = (of: StorageAccount) => ({
    blob: `https://127.0.0.1:${ports.blob}/${of.name}`,
    queue: `https://127.0.0.1:${ports.queue}/${of.name}`,
    table: `https://127.0.0.1:${ports.table}/${of.name}`,
  });
  return {
    account,
    disks,
    urls,
    connectionString: (of) => {
      const { blob, queue, table } = urls(of);
      return `DefaultEndpointsProtocol=https;AccountName=${of.name};AccountKey=${of.key};BlobEndpoint=${blob};QueueEndpoint=${queue};TableEndpoint=${table};`;
    },
    pid: child.pid ?? 0,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      // What is in memory needs no care; what is in a folder is saved first.
      child.kill(options.folder === undefined ? "SIGKILL" : "SIGTERM");
      await exited;
    },
  };
}

function processArguments(options: AzuriteOptions, ports: AzuritePorts): string[] {
  const { certificate, folder, endsWithUs } = options;
  const own = [...azuriteArguments(ports, certificate), ...persistence(folder)];
  if (!endsWithUs)
    return [createRequire(import.meta.url).resolve("azurite/dist/src/azurite.js"), ...own];
  const lock = folder === undefined ? "" : join(folder, "azurite.lock");
  return [fileURLToPath(new URL("run-azurite.ts", import.meta.url)), lock, ...own];
}

const persistence = (folder: string | undefined): string[] =>
  folder === undefined ? ["--inMemoryPersistence"] : ["--location", folder];

const azuriteArguments = (ports: AzuritePorts, certificate: AzuriteOptions["certificate"]) => [
  ...["--silent", "--skipApiVersionCheck", "--disableTelemetry"],
  ...["--oauth", "basic", "--cert", certificate.certFile, "--key", certificate.keyFile],
  ...["--blobPort", `${ports.blob}`, "--queuePort", `${ports.queue}`],
  ...["--tablePort", `${ports.table}`],
  ...["--blobKeepAliveTimeout", "60", "--queueKeepAliveTimeout", "60"],
  ...["--tableKeepAliveTimeout", "60"],
];

async function listening(port: number, child: ChildProcess): Promise<void> {
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`Azurite ended with code ${child.exitCode}.`);
    await delay(20);
  }
}

async function accepts(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(socket.destroy() !== undefined));
    socket.once("error", () => resolve(false));
  });
}

async function freePorts(): Promise<AzuritePorts> {
  const [blob, queue, table] = await Promise.all([freePort(), freePort(), freePort()]);
  return { blob, queue, table };
}
