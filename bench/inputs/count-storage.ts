/** What the app and its host ask of storage, by kind, as Azurite receives it. */
import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "../../local/stack/start-stack.ts";

const PRELOAD = new URL("./storage-log.ts", import.meta.url);

/**
 * `polls`: a queue listener asks for messages. `hostLocks`: leases of timers and their status. The rest is asked for
 * work that is done. A table is in `tableRequests` by name as well.
 */
export interface StorageCount {
  readonly tables: number;
  readonly queues: number;
  readonly blobReads: number;
  readonly blobWrites: number;
  readonly blobDeletions: number;
  readonly polls: number;
  readonly hostLocks: number;
  readonly tableRequests: Readonly<Record<string, number>>;
}

export interface StorageCounter {
  /** Since the counter was made. */
  count(stack: Stack): StorageCount;
  close(): void;
}

/** A stack that `start` starts has an Azurite that is counted. */
export async function withCounter(
  start: () => Promise<Stack>,
): Promise<{ stack: Stack; counter: StorageCounter }> {
  const file = join(tmpdir(), `storage-${randomUUID()}.log`);
  const before = process.env["NODE_OPTIONS"];
  // Azurite alone inherits it; the functions host gets its settings and nothing else.
  process.env["NODE_OPTIONS"] = `--import=${PRELOAD.href}`;
  process.env["BENCH_STORAGE_LOG"] = file;
  try {
    const stack = await start();
    return {
      stack,
      counter: {
        count: (running) => countLines(readFileSync(file, "utf8"), running),
        close: () => rmSync(file, { force: true }),
      },
    };
  } finally {
    delete process.env["BENCH_STORAGE_LOG"];
    if (before === undefined) delete process.env["NODE_OPTIONS"];
    else process.env["NODE_OPTIONS"] = before;
  }
}

function countLines(text: string, { azurite }: Stack): StorageCount {
  const urls = azurite.urls(azurite.account);
  const services = new Map(
    Object.entries(urls).map(([service, url]) => [new URL(url).port, service]),
  );
  const count = {
    ...{ tables: 0, queues: 0, blobReads: 0, blobWrites: 0, blobDeletions: 0 },
    ...{ polls: 0, hostLocks: 0 },
  };
  const tableRequests: Record<string, number> = {};
  const prefix = `/${azurite.account.name}/`;
  for (const line of text.split("\n")) {
    const [port = "", method = "", path = ""] = line.split(" ");
    if (!path.startsWith(prefix)) continue;
    const resource = path.slice(prefix.length);
    const kind = kindOf(services.get(port), method, resource);
    // A message that is deleted was received before: the poll that found it belongs to the work.
    count[kind] += kind === "queues" && method === "DELETE" ? 2 : 1;
    if (kind !== "tables") continue;
    const table = /^\w+/.exec(resource)?.[0] ?? "batch";
    tableRequests[table] = (tableRequests[table] ?? 0) + 1;
  }
  return { ...count, tableRequests };
}

function kindOf(service: string | undefined, method: string, resource: string) {
  if (service === "table") return "tables";
  if (service === "queue")
    return method === "GET" && resource.endsWith("/messages") ? "polls" : "queues";
  if (resource.startsWith("azure-webjobs-hosts")) return "hostLocks";
  // Azure charges nothing for the deletion of a blob.
  if (method === "DELETE") return "blobDeletions";
  return method === "GET" || method === "HEAD" ? "blobReads" : "blobWrites";
}
