/** What the host remembers of a timer between two starts, and how it is written. */

export interface TimerStatus {
  /** When it ran last; undefined before the first run. */
  readonly last: Date | undefined;
  /** When it runs next. */
  readonly next: Date;
  /** From when `next` was computed. */
  readonly lastUpdated: Date;
}

/** .NET's way of saying never. */
const NEVER = "0001-01-01T00:00:00+00:00";

export function serialiseTimerStatus({ last, next, lastUpdated }: TimerStatus): string {
  return JSON.stringify({
    Last: last === undefined ? NEVER : toText(last),
    Next: toText(next),
    LastUpdated: toText(lastUpdated),
  });
}

/** Undefined when the text is not a status: the timer then starts as if new. */
export function parseTimerStatus(text: string): TimerStatus | undefined {
  const content = parseJson(text);
  if (typeof content !== "object" || content === null) return undefined;
  const next = "Next" in content ? toDate(content.Next) : undefined;
  const last = "Last" in content ? toDate(content.Last) : undefined;
  const lastUpdated = ("LastUpdated" in content ? toDate(content.LastUpdated) : undefined) ?? last;
  return next === undefined || lastUpdated === undefined ? undefined : { last, next, lastUpdated };
}

function toText(date: Date): string {
  return date.toISOString().replace(/(\.000)?Z$/, "+00:00");
}

function toDate(value: unknown): Date | undefined {
  const date = new Date(typeof value === "string" ? value : Number.NaN);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1970 ? undefined : date;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
