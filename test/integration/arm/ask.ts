/** Requests to the emulator without the SDK. */
import { TOKEN } from "./names.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

interface Asked {
  readonly body?: unknown;
  /** Instead of `?api-version=2026-04-01`. */
  readonly query?: string;
  /** Null: none. */
  readonly token?: string | null;
}

/** `path` may also be a whole URL, as in Azure-AsyncOperation: it then has its query. */
export type Ask = (method: string, path: string, asked?: Asked) => Promise<Answer>;

export const createAsk =
  (endpoint: string): Ask =>
  async (method, path, { body, query = "?api-version=2026-04-01", token = TOKEN } = {}) => {
    const url = path.startsWith("https:") ? path : `${endpoint}${path}${query}`;
    const response = await fetch(url, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: parsed };
  };

/** Of an answer that has this header. */
export function headerOf({ headers }: Answer, name: string): string {
  const value = headers.get(name);
  if (value === null) throw new Error(`The answer has no ${name}.`);
  return value;
}
