/** One line of text for each thing worth telling. */
import { isWritten, type LogLevel } from "./log-level.ts";
import { redactQueries } from "./redact-queries.ts";

export type Log = (level: LogLevel, category: string, message: string) => void;

/** `levels` is `logging.logLevel` of host.json; `write` gets each line. */
export function createLog(
  levels: ReadonlyMap<string, LogLevel>,
  write: (line: string) => void,
): Log {
  return (level, category, message) => {
    if (!isWritten(levels, category, level)) return;
    const text = oneLine(message);
    write(`${new Date().toISOString()} ${level.padEnd(11)} ${category}: ${text}`);
  };
}

/** Without line breaks, and without what a line must not tell. */
export function oneLine(text: string): string {
  return redactQueries(text).replaceAll(/\s*\r?\n\s*/g, " | ");
}

/** An error in one line, with the place it came from: the rest of a stack is noise here. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  const cause = error.cause === undefined ? "" : ` Caused by ${describeError(error.cause)}`;
  return `${error.name}: ${error.message}${place === undefined ? "" : ` (${place.trim()})`}${cause}`;
}
