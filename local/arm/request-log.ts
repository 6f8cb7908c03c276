/** What the emulator was asked and what it answered, without anything that opens something. */
import { redactedHeaders, redactedText, redactedUrl } from "./redact.ts";

export interface LoggedRequest {
  /** When it was received, in milliseconds of real time since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Absent while it is handled, and for ever when the connection was cut. */
  readonly status?: number;
  /** Object id of who asked; absent without a token that opens ARM. */
  readonly caller?: string;
  /** What it takes, as roles call it: its own action, then those at the resources that its body names. */
  readonly actions?: readonly string[];
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

interface Entry extends LoggedRequest {
  status?: number;
  /** Redacted, as one string: a thousand of them must not weigh much. */
  exchange?: string | undefined;
  /** Its turn to lose its exchange has passed: what is answered only now is not kept. */
  isForgotten?: true;
}

/** Enough for any test; an emulator that runs for weeks must not keep every request. */
const KEPT_REQUESTS = 20_000;
const FORGOTTEN_AT_ONCE = 1000;
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
    // Many at once: to take the first out of a long list costs as much as to take a thousand out.
    if (this.#entries.length > KEPT_REQUESTS + FORGOTTEN_AT_ONCE) this.#forget(FORGOTTEN_AT_ONCE);
    return entry;
  }

  answered(entry: Entry, request: ReceivedRequest, answer: SentAnswer): void {
    entry.status = answer.status;
    if (entry.isForgotten) return;
    entry.exchange = lineOf(request, answer);
    this.#characters += entry.exchange.length;
    while (this.#characters > KEPT_CHARACTERS) this.#forgetExchange();
  }

  clear(): void {
    for (const entry of this.#entries) entry.isForgotten = true;
    this.#entries = [];
    this.#characters = 0;
    this.#oldest = 0;
  }

  #forget(count: number): void {
    while (this.#oldest < count) this.#forgetExchange();
    this.#entries.splice(0, count);
    this.#oldest -= count;
  }

  #forgetExchange(): void {
    const entry = this.#entries[this.#oldest];
    this.#oldest += 1;
    this.#characters -= entry?.exchange?.length ?? 0;
    if (entry === undefined) return;
    entry.exchange = undefined;
    entry.isForgotten = true;
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
  const response = answer.text === "" ? answered : withBody(answered, redactedText(answer.text));
  const isFault = answer.isFault ? ',"isFault":true' : "";
  return `{"request":${withSentBody(asked, text)},"response":${response}${isFault}}`;
}

/** What a client sends need not be JSON. */
function withSentBody(json: string, text: string): string {
  if (text === "") return json;
  const redacted = redactedText(text);
  return withBody(json, isOneLineOfJson(redacted) ? redacted : JSON.stringify(redacted));
}

/** Puts what is JSON already into an object, without reading it. */
const withBody = (json: string, body: string): string => `${json.slice(0, -1)},"body":${body}}`;

function isOneLineOfJson(text: string): boolean {
  if (text.includes("\n")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
