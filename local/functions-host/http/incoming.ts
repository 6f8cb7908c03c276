/** A request as the host's parts see it: read to its end, with its address taken apart. */
import type { IncomingMessage } from "node:http";

export interface Incoming {
  readonly method: string;
  readonly url: URL;
  /** Lower-case names; repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The key a caller presents, if any. */
  readonly key: string | undefined;
}

/** What the host's own endpoints answer. */
export interface Outgoing {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Returns undefined when the body is larger than `limit` bytes. */
export async function readIncoming(
  request: IncomingMessage,
  limit: number,
): Promise<Incoming | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  const headers = joinHeaders(request.headers);
  // Not `new URL(path, base)`: a path that begins with two slashes would be read as a host.
  const address = `${headers["host"] ?? "localhost"}${request.url ?? "/"}`;
  const url = new URL(`${schemeOf(headers)}://${address}`);
  return {
    method: request.method ?? "GET",
    url,
    headers,
    body: Buffer.concat(chunks),
    key: headers["x-functions-key"] ?? url.searchParams.get("code") ?? undefined,
  };
}

/** TLS ends before the host, which is told so: `AppServiceHeaderFixupMiddleware` in Azure/azure-functions-host. */
const schemeOf = ({ "x-forwarded-proto": told }: Incoming["headers"]): "http" | "https" =>
  told?.split(",")[0]?.trim() === "https" ? "https" : "http";

function joinHeaders(headers: IncomingMessage["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(",") : value]],
    ),
  );
}
