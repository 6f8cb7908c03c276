/**
 * NCRONTAB, the cron dialect of timer triggers, made into what croner understands. It is plainer than other crons:
 * lists, ranges, steps and names; no `L`, `W`, `#`, `?` or `@daily`, and Sunday is 0 only.
 */

const ALLOWED = /^[\d*/,\-a-z]+$/i;
/** Croner knows the short names only. */
const NAMES =
  /\b(january|february|march|april|may|june|july|august|september|october|november|december|sunday|monday|tuesday|wednesday|thursday|friday|saturday)\b/gi;
const SHORT_NAMES =
  /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)\b/gi;

/** Six fields, seconds first. Five fields mean minute precision. Throws on what NCRONTAB does not know. */
export function toCronPattern(expression: string): string {
  const fields = expression.trim().split(/\s+/);
  if (fields.length === 5) fields.unshift("0");
  const isKnown = fields.every((field) => ALLOWED.test(field) && !field.startsWith("/"));
  if (fields.length !== 6 || !isKnown) throw invalid(expression);
  const short = fields.map((field) => field.replaceAll(NAMES, (name) => name.slice(0, 3)));
  if (short.some((field) => /[a-z]/i.test(field.replaceAll(SHORT_NAMES, "")))) {
    throw invalid(expression);
  }
  const dayOfWeek = short[5] ?? "";
  const days = dayOfWeek.replaceAll(/\/\d+/g, "").match(/\d+/g) ?? [];
  if (days.some((day) => Number(day) > 6)) throw invalid(expression);
  return short.join(" ");
}

function invalid(expression: string): Error {
  return new Error(`The schedule expression '${expression}' was not recognized.`);
}
