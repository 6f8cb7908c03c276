/** What the HTTP API is, for whoever wants to know: its OpenAPI document, and a page that shows it. Public, as both are. */
import type { HttpHandler, HttpRequest, HttpResponseInit } from "@azure/functions";
import { notFound } from "../lib/api/api-error.ts";
import { allows, preconditionsOf } from "../lib/api/preconditions.ts";
import type { ReadPublicFile } from "../public-files.ts";
import { errorAnswer } from "./error-answer.ts";
import { logOf } from "./log-of.ts";
import { securityHeaders } from "./security-headers.ts";

/** The page's own scripts and styles, and nothing of any other site. Swagger UI styles its elements as it makes them. */
const PAGE = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HOUR_SECONDS = 3600;

export const openApi = (read: ReadPublicFile): HttpHandler => served(read, () => "openapi.json");

export const docs = (read: ReadPublicFile): HttpHandler => {
  const serve = served(read, ({ params }) => `docs/${params["file"] ?? "index.html"}`);
  return (request, context) =>
    // What the page names is named from where it is without the slash.
    request.url.split("?")[0]?.endsWith("/")
      ? { status: 308, headers: { ...securityHeaders, Location: "../docs" } }
      : serve(request, context);
};

const served =
  (read: ReadPublicFile, nameOf: (request: HttpRequest) => string): HttpHandler =>
  async (request, context): Promise<HttpResponseInit> => {
    try {
      const file = await read(nameOf(request));
      if (file === undefined) throw notFound();
      const headers = {
        ...securityHeaders,
        "Content-Security-Policy": PAGE,
        "Cache-Control": `public, max-age=${HOUR_SECONDS}`,
        ETag: file.etag,
      };
      // Whoever compresses an answer on its way makes its ETag a weak one.
      const ifNoneMatch = preconditionsOf(request.headers).ifNoneMatch?.replaceAll('W/"', '"');
      if (!allows({ ifMatch: null, ifNoneMatch: ifNoneMatch ?? null }, file.etag)) {
        return { status: 304, headers };
      }
      return { headers: { ...headers, "Content-Type": file.type }, body: file.bytes };
    } catch (error) {
      const answer = errorAnswer(error, logOf(context));
      return { ...answer, headers: { ...securityHeaders, ...answer.headers } };
    }
  };
