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
  /** Instead of the newest api-version of what is asked. */
  readonly query?: string;
  /** Null: none. */
  readonly token?: string | null;
}

/** `path` may also be a whole URL, as in Azure-AsyncOperation: it then has its query. */
export type Ask = (method: string, path: string, asked?: Asked) => Promise<Answer>;

export const createAsk =
  (endpoint: string): Ask =>
  async (
    method,
    path,
    { body, query = `?api-version=${versionFor(path)}`, token = TOKEN } = {},
  ) => {
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

function versionFor(path: string): string {
  if (/\/providers\/Microsoft\.Features\//i.test(path)) return "2021-07-01";
  if (/\/providers\/Microsoft\.Authorization\//i.test(path)) return "2022-04-01";
  if (/\/providers\/Microsoft\.Resources\/tags\//i.test(path)) return "2021-04-01";
  if (/\/providers\/Microsoft\.Compute\/skus$/i.test(path)) return "2021-07-01";
  if (/\/(disks|diskRestorePoints)(\/|$)/i.test(path)) return "2026-03-02";
  if (/\/providers\/Microsoft\.Compute\//i.test(path)) return "2026-04-01";
  if (/\/providers\/Microsoft\.Network\//i.test(path)) return "2024-05-01";
  return "2021-04-01";
}

/** Of an answer that has this header. */
export function headerOf({ headers }: Answer, name: string): string {
  const value = headers.get(name);
  if (value === null) throw new Error(`The answer has no ${name}.`);
  return value;
}
