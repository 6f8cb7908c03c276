/** How `authenticate` refuses. */
import { ApiError } from "../../../src/lib/api/api-error.ts";

/** The status and message of the refusal, and its header. What is no refusal is thrown. */
export async function refusalOf(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => new Error("It was accepted."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error;
  return { status: error.status, code: error.code, message: error.message, ...error.headers };
}

export const refused = (message: string) => ({
  status: 401,
  code: "Unauthorized",
  message,
  "WWW-Authenticate": "Bearer",
});
export const invalid = refused("The token is not valid for this API.");
export const required = refused("A bearer token is required.");
