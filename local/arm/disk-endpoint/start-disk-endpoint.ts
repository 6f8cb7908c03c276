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
import { propertiesOf, writtenProperties } from "./properties.ts";
import { read } from "./read.ts";
import { type Authorising, authorise, headerOf, urlOf } from "./request.ts";
import { bodyOf, invalidQuery, permissionMismatch, StorageError } from "./storage-error.ts";
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
  const granting = { bytes: options.bytes, stillGranted: () => authorise(options, url) };
  switch (operationOf(incoming, url)) {
    case "HEAD":
      outgoing.writeHead(200, propertiesOf(granted)).end();
      return;
    case "GET":
      await read(incoming, outgoing, granted, granting);
      return;
    case "GET pagelist": {
      const xml = await pageRanges(incoming, url, granted, options);
      granting.stillGranted();
      const { "content-length": _, ...properties } = propertiesOf(granted);
      const headers = { ...properties, "content-type": "application/xml" };
      outgoing.writeHead(200, headers).end(xml);
      return;
    }
    case "PUT page":
      await writePages(incoming, granted, granting);
      outgoing.writeHead(201, writtenProperties(granted)).end();
      return;
    default:
      throw notOffered(incoming);
  }
}

/** Verb and `comp`. */
function operationOf({ method }: IncomingMessage, { searchParams }: URL): string {
  // A SAS is for one snapshot: there is no other to choose.
  for (const name of ["snapshot", "versionid"]) {
    if (searchParams.has(name)) throw invalidQuery(name);
  }
  return `${method} ${searchParams.get("comp") ?? ""}`.trim();
}

/** Whatever else would change the blob, no SAS of a disk permits. */
const notOffered = ({ method }: IncomingMessage): StorageError =>
  method === "GET" || method === "HEAD" ? invalidQuery("comp") : permissionMismatch();

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
