import type { HttpResponseInit } from "@azure/functions";
import { ApiError } from "../lib/api/api-error.ts";
import { looksLikeSecret } from "../lib/audit/looks-like-secret.ts";
import { errorText } from "../lib/error-text.ts";
import type { Log } from "../lib/telemetry.ts";

/** What went wrong, as far as it is the caller's to know. */
export function errorAnswer(error: unknown, log: Log): HttpResponseInit {
  const { status, code, message, target, details, headers } =
    error instanceof ApiError ? error : unexpected(error, log);
  if (status === 401 || status === 403) log.warn("callerRefused", { status, code });
  return {
    status,
    headers: { ...headers, "x-ms-error-code": code },
    jsonBody: {
      error: { code, message, ...(target ? { target } : {}), ...(details ? { details } : {}) },
    },
  };
}

/** Nobody knows whose words they are. */
const WITHHELD = "Withheld: the message holds what looks like a secret.";

function unexpected(error: unknown, log: Log): ApiError {
  const reason = errorText(error);
  log.error("requestFailed", { reason: looksLikeSecret(reason) ? WITHHELD : reason });
  const message = "Something failed on our side. Quote x-ms-request-id to the operator.";
  return new ApiError(500, { code: "InternalError", message });
}
