import type { HttpRequest } from "@azure/functions";
import { ApiError } from "../lib/api/api-error.ts";
import { MOST_BODY_BYTES } from "../lib/api/limits.ts";

/** Throws 415, 413 or 400 for what is no JSON of a reasonable size. */
export async function jsonBody(request: HttpRequest): Promise<unknown> {
  demandJson(request.headers.get("content-type"));
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MOST_BODY_BYTES) {
    const message = `The body has more than ${MOST_BODY_BYTES} bytes.`;
    throw new ApiError(413, { code: "RequestBodyTooLarge", message });
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new ApiError(400, { code: "InvalidJson", message: "The body is not JSON in UTF-8." });
  }
}

function demandJson(contentType: string | null): void {
  if (contentType === null || /^application\/json\s*(;|$)/i.test(contentType)) return;
  const message = "The body must be application/json.";
  throw new ApiError(415, { code: "UnsupportedMediaType", message, target: "Content-Type" });
}
