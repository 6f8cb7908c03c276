import type { HttpRequest } from "@azure/functions";
import { ApiError } from "../lib/api/api-error.ts";

/** Far more than any body of this API needs. */
const MOST_CHARACTERS = 256 * 1024;

export async function jsonBody(request: HttpRequest): Promise<unknown> {
  const text = await request.text();
  if (text.length > MOST_CHARACTERS) {
    const message = `The body has more than ${MOST_CHARACTERS} characters.`;
    throw new ApiError(413, { code: "RequestBodyTooLarge", message });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, { code: "InvalidJson", message: "The body is not JSON." });
  }
}
