/** Where Application Insights takes telemetry in, as far as its exporter knows it: `POST /v2.1/track`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { type Listening, listen } from "../../local/loopback/listen.ts";
import type { Certificate } from "../../local/tls/certificate.ts";
import { type Envelope, envelopesSchema } from "./envelope.ts";

const KEY = "11111111-2222-3333-4444-555555555555";

export interface Ingestion extends Pick<Listening, "close"> {
  readonly connectionString: string;
  /** Everything that was taken in. */
  readonly envelopes: readonly Envelope[];
  /** The same, as it came. */
  readonly texts: readonly string[];
  /** When the first came; undefined before. */
  readonly firstAt: number | undefined;
  /** Begins to answer. The stack, which makes the certificate, has to know the address first. */
  serve(certificate: Pick<Certificate, "cert" | "key">): void;
}

/** `isToken`: whether a bearer token opens it. */
export async function startIngestion(isToken: (token: string) => boolean): Promise<Ingestion> {
  const envelopes: Envelope[] = [];
  const texts: string[] = [];
  let firstAt: number | undefined;
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const isZipped = request.headers["content-encoding"] === "gzip";
    const text = (isZipped ? gunzipSync(body) : body).toString();
    const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
    if (request.method !== "POST" || request.url !== "/v2.1/track")
      return void answer(response, 404);
    if (!isToken(token)) return void answer(response, 401);
    firstAt ??= Date.now();
    texts.push(text);
    const taken = envelopesSchema.parse(JSON.parse(text));
    envelopes.push(...taken);
    const { length } = taken;
    answer(response, 200, { itemsReceived: length, itemsAccepted: length, errors: [] });
  };
  const server = createServer((request, response) => {
    take(request, response).catch((error) => answer(response, 400, { message: String(error) }));
  });
  const { port, close } = await listen(server, 0);
  return {
    connectionString: `InstrumentationKey=${KEY};IngestionEndpoint=https://localhost:${port}/`,
    envelopes,
    texts,
    get firstAt() {
      return firstAt;
    },
    serve: ({ cert, key }) => server.setSecureContext({ cert, key }),
    close,
  };
}

function answer(response: ServerResponse, status: number, body: object = {}): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
