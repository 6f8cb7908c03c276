/** Tells other processes on this machine what happens in a stack, one line of JSON each, as it happens. */
import { createServer, type ServerResponse } from "node:http";
import { listen } from "../loopback/listen.ts";
import type { Activity } from "./activity.ts";

export interface ActivityFeed {
  readonly url: string;
  publish(activity: Activity): void;
  close(): Promise<void>;
}

export async function startActivityFeed(): Promise<ActivityFeed> {
  const readers = new Set<ServerResponse>();
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" }).flushHeaders();
    readers.add(response);
    response.once("close", () => readers.delete(response));
  });
  const { port, close } = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}/`,
    publish: (activity) => {
      for (const reader of readers) reader.write(`${JSON.stringify(activity)}\n`);
    },
    close,
  };
}

/** Resolves once connected; then yields until `signal` fires or the stack ends, both of which throw. */
export async function readActivities(
  url: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<Activity, undefined>> {
  const { body } = await fetch(url, { signal });
  return activitiesIn(body ?? new ReadableStream());
}

async function* activitiesIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<Activity, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as Activity; // written by `publish` above
  }
}
