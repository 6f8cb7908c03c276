import type { HttpRequest } from "@azure/functions";
import { ApiError } from "../lib/api/api-error.ts";
import { MOST_BODY_BYTES, MOST_LEVELS } from "../lib/api/limits.ts";

/** Throws 415, 413 or 400 for what is no JSON of a reasonable size. */
export async function jsonBody(request: HttpRequest): Promise<unknown> {
  demandJson(request.headers.get("content-type"));
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MOST_BODY_BYTES) {
    const message = `The body has more than ${MOST_BODY_BYTES} bytes.`;
    throw new ApiError(413, { code: "RequestBodyTooLarge", message });
  }
  const json = parsed(bytes);
  if (levelsOf(json) <= MOST_LEVELS) return json;
  throw invalidJson(`The body is nested more than ${MOST_LEVELS} levels deep.`);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalidJson("The body is not JSON in UTF-8.");
  }
}

const invalidJson = (message: string) => new ApiError(400, { code: "InvalidJson", message });

/** Level by level: whatever went down into a body by calling itself would run out of stack. */
function levelsOf(json: unknown): number {
  let levels = 0;
  let level = [json].filter(isNested);
  while (level.length > 0 && levels <= MOST_LEVELS) {
    levels++;
    level = level.flatMap((each) => Object.values(each)).filter(isNested);
  }
  return levels;
}

const isNested = (value: unknown): value is object => typeof value === "object" && value !== null;

function demandJson(contentType: string | null): void {
  if (contentType === null || /^application\/json\s*(;|$)/i.test(contentType)) return;
  const message = "The body must be application/json.";
  throw new ApiError(415, { code: "UnsupportedMediaType", message, target: "Content-Type" });
}
