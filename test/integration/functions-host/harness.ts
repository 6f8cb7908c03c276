/** What the tests of the functions host share: storage, hosts that are surely stopped, and waiting for a state. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { BlobServiceClient } from "@azure/storage-blob";
import { type QueueClient, QueueServiceClient } from "@azure/storage-queue";
import { type Azurite, startAzurite } from "../../../local/azurite/start-azurite.ts";
import { type FunctionsHost, startFunctionsHost } from "../../../local/functions-host/spawn.ts";
import { createCertificate, trustInThisProcess } from "../../../local/tls/certificate.ts";

const DEADLINE_MS = 60_000;

export interface Storage {
  readonly azurite: Azurite;
  /** The app settings that lead a host to this storage. */
  readonly env: Record<string, string>;
  readonly blobs: BlobServiceClient;
  /** Creates the queue. */
  queue(name: string): Promise<QueueClient>;
  stop(): Promise<void>;
}

export async function startStorage(): Promise<Storage> {
  const folder = await mkdtemp(join(tmpdir(), "functions-host-"));
  const certificate = await createCertificate(folder);
  trustInThisProcess(certificate);
  const azurite = await startAzurite({ certificate });
  const connectionString = azurite.connectionString(azurite.account);
  const queues = QueueServiceClient.fromConnectionString(connectionString);
  return {
    azurite,
    env: { AzureWebJobsStorage: connectionString, NODE_EXTRA_CA_CERTS: certificate.caFile },
    blobs: BlobServiceClient.fromConnectionString(connectionString),
    queue: async (name) => {
      const queue = queues.getQueueClient(name);
      await queue.createIfNotExists();
      return queue;
    },
    stop: async () => {
      await azurite.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts hosts of the apps in `fixtures`, and kills those that are left. */
export class Hosts {
  readonly #hosts: FunctionsHost[] = [];

  async start(fixture: string, env: Record<string, string> = {}): Promise<FunctionsHost> {
    const app = fileURLToPath(new URL(`./fixtures/${fixture}`, import.meta.url));
    const host = await startFunctionsHost({ app, env });
    this.#hosts.push(host);
    return host;
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.kill()));
  }
}

/** Asks again and again, and returns the first answer that is not undefined. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await delay(25);
  }
}

interface Seen {
  readonly name: string;
}

/** What the functions of a fixture have seen so far. */
export async function seen<T extends object = Seen>(host: FunctionsHost): Promise<T[]> {
  return await getJson<T[]>(`${host.url}/api/seen`);
}

/** The caller knows the shape: it is a fixture's, or the host's own. */
export async function getJson<T>(url: string, init?: RequestInit): Promise<T> {
  return (await (await fetch(url, init)).json()) as T;
}

/** A message as other programs send it. */
export function base64(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64");
}
