/** Requests to the functions API with the token of a seeded caller. */
import { apiVersions } from "../../src/names.ts";
import type { Tokens } from "./tokens.ts";

interface ApiOptions {
  /** Default: `operator`. */
  readonly caller?: string;
  /** Default: GET. */
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `path` follows `/api` and begins with `/`. The api-version is added where it is missing. */
export type ApiRequest = (path: string, options?: ApiOptions) => Promise<Response>;

export function createApiRequest(
  audience: string,
  functionsUrl: () => string,
  tokens: Tokens,
): ApiRequest {
  return async (path, { caller = "operator", method = "GET", body, headers } = {}) => {
    const url = new URL(`/api${path}`, functionsUrl());
    if (!url.searchParams.has("api-version")) url.searchParams.set("api-version", apiVersions[0]);
    const token = await tokens.get(caller, audience);
    return await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  };
}
