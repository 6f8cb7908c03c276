/** What the emulator was asked and what it answered, without anything that opens something. */
import { redactedHeaders, redactedText, redactedUrl } from "./redact.ts";

export interface LoggedRequest {
  /** When it was received, in milliseconds of real time since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Absent while it is handled, and for ever when the connection was cut. */
  readonly status?: number;
}

/** Bodies are parsed JSON, or text that is none. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  /** A fault answered instead of the emulator. */
  readonly isFault?: true;
}

export interface ReceivedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface SentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly isFault: boolean;
}

interface Entry {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  status?: number;
  /** Redacted, as one string: a thousand of them must not weigh much. */
  exchange?: string;
}

/** Enough for any test; an emulator that runs for weeks must not keep every request. */
const KEPT_REQUESTS = 20_000;
const KEPT_CHARACTERS = 16 * 1024 ** 2;

export class RequestLog {
  #entries: Entry[] = [];
  #characters = 0;
  /** The oldest entry that still has its exchange. */
  #oldest = 0;

  /** Oldest first. */
  get requests(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** Of the latest requests, oldest first: one line of JSON each. */
  *lines(): Generator<string> {
    for (const { exchange } of this.#entries) if (exchange !== undefined) yield exchange;
  }

  received(method: string, path: string): Entry {
    const entry: Entry = { at: Date.now(), method, path };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT_REQUESTS) this.#forgetFirst();
    return entry;
  }

  answered(entry: Entry, request: ReceivedRequest, answer: SentAnswer): void {
    entry.status = answer.status;
    entry.exchange = lineOf(request, answer);
    this.#characters += entry.exchange.length;
    while (this.#characters > KEPT_CHARACTERS) this.#forgetExchange();
  }

  clear(): void {
    this.#entries = [];
    this.#characters = 0;
    this.#oldest = 0;
  }

  #forgetFirst(): void {
    const first = this.#entries.shift();
    this.#characters -= first?.exchange?.length ?? 0;
    this.#oldest = Math.max(0, this.#oldest - 1);
  }

  #forgetExchange(): void {
    const entry = this.#entries[this.#oldest];
    this.#oldest += 1;
    if (entry === undefined) return;
    this.#characters -= entry.exchange?.length ?? 0;
    delete entry.exchange;
  }
}

function lineOf(request: ReceivedRequest, answer: SentAnswer): string {
  const { method, url, headers, text } = request;
  const asked = JSON.stringify({
    method,
    url: redactedUrl(url),
    headers: redactedHeaders(headers),
  });
  const answered = JSON.stringify({
    status: answer.status,
    headers: redactedHeaders(answer.headers),
  });
  const exchange = `"request":${withBody(asked, text)},"response":${withBody(answered, answer.text)}`;
  return `{${exchange}${answer.isFault ? ',"isFault":true' : ""}}`;
}

/** Puts a text that is JSON already into an object, without reading it. */
function withBody(json: string, text: string): string {
  if (text === "") return json;
  const redacted = redactedText(text);
  return `${json.slice(0, -1)},"body":${isJson(redacted) ? redacted : JSON.stringify(redacted)}}`;
}

function isJson(text: string): boolean {
  if (text.includes("\n")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
