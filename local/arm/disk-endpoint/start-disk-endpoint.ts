/**
 * Where SAS point to: the part of the blob service that reads a managed disk, or uploads one. Each request is checked
 * anew, so that an access that has ended opens nothing any more. No URL is ever logged: it is the secret.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { listen } from "../../loopback/listen.ts";
import type { Certificate } from "../../tls/certificate.ts";
import type { DiskBytes } from "../bytes/disk-bytes.ts";
import { pageRanges } from "./page-ranges.ts";
import { propertiesOf } from "./properties.ts";
import { read } from "./read.ts";
import { type Authorising, authorise, headerOf, urlOf } from "./request.ts";
import { bodyOf, StorageError } from "./storage-error.ts";
import { writePages } from "./write.ts";

export interface DiskEndpointOptions extends Authorising {
  readonly certificate: Pick<Certificate, "cert" | "key">;
  /** Left out: a free one. */
  readonly port?: number;
  readonly bytes: DiskBytes;
}

export interface DiskEndpoint {
  /** `https://localhost:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

export async function startDiskEndpoint(options: DiskEndpointOptions): Promise<DiskEndpoint> {
  const { cert, key } = options.certificate;
  const server = createServer({ cert, key }, (incoming, outgoing) => {
    serve(options, incoming, outgoing).catch((error: unknown) => fail(incoming, outgoing, error));
  });
  const { port, close } = await listen(server, options.port ?? 0);
  return { url: `https://localhost:${port}`, close };
}

async function serve(
  options: DiskEndpointOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(commonHeaders(incoming))) {
    outgoing.setHeader(name, value);
  }
  const url = urlOf(incoming);
  const granted = authorise(options, url);
  const { bytes } = options;
  const request = `${incoming.method} ${url.searchParams.get("comp") ?? ""}`.trim();
  switch (request) {
    case "HEAD":
      outgoing.writeHead(200, propertiesOf(granted)).end();
      return;
    case "GET":
      await read(incoming, outgoing, granted, {
        bytes,
        stillGranted: () => void authorise(options, url),
      });
      return;
    case "GET pagelist": {
      const xml = await pageRanges(incoming, url, granted, options);
      const { "content-length": _, ...properties } = propertiesOf(granted);
      const headers = { ...properties, "content-type": "application/xml" };
      outgoing.writeHead(200, headers).end(xml);
      return;
    }
    case "PUT page": {
      await writePages(incoming, granted, bytes);
      const { etag, "last-modified": modified } = propertiesOf(granted);
      outgoing.writeHead(201, { etag: etag ?? "", "last-modified": modified ?? "" }).end();
      return;
    }
    default:
      throw notOffered(incoming, granted.access.level);
  }
}

/** Whatever else there is in the blob service would change the disk. */
const notOffered = ({ method }: IncomingMessage, level: "Read" | "Write"): StorageError =>
  method === "GET" || method === "HEAD" || level === "Write"
    ? new StorageError(400, "UnsupportedHeader", "The disk endpoint does not offer this request.")
    : new StorageError(
        403,
        "AuthorizationPermissionMismatch",
        "This request is not authorized to perform this operation using this permission.",
      );

function commonHeaders(incoming: IncomingMessage): Record<string, string> {
  const clientRequestId = headerOf(incoming, "x-ms-client-request-id");
  return {
    "x-ms-request-id": randomUUID(),
    "x-ms-version": headerOf(incoming, "x-ms-version") ?? "2018-03-28",
    ...(clientRequestId === undefined ? {} : { "x-ms-client-request-id": clientRequestId }),
  };
}

function fail(incoming: IncomingMessage, outgoing: ServerResponse, error: unknown): void {
  // What was begun is cut off: the client must see that it is not whole.
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  incoming.resume();
  const known =
    error instanceof StorageError
      ? error
      : new StorageError(500, "InternalError", "The server encountered an internal error.");
  const body = bodyOf(known);
  outgoing.writeHead(known.status, {
    "content-type": "application/xml",
    "content-length": `${Buffer.byteLength(body)}`,
    "x-ms-error-code": known.code,
  });
  outgoing.end(incoming.method === "HEAD" ? undefined : body);
}
