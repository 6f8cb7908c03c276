/** Which lines are written, by `logging.logLevel` of host.json: the longest matching prefix of the category decides. */

const LEVELS = ["trace", "debug", "information", "warning", "error", "critical", "none"] as const;

export type LogLevel = (typeof LEVELS)[number];

/** What the host writes of a category that host.json does not mention. */
const FALLBACK: LogLevel = "information";

/** `levels` maps lower-case category prefixes to levels, with the key `default` for the rest. */
export function isWritten(
  levels: ReadonlyMap<string, LogLevel>,
  category: string,
  level: LogLevel,
): boolean {
  if (level === "none") return false;
  return LEVELS.indexOf(level) >= LEVELS.indexOf(minimumLevel(levels, category));
}

function minimumLevel(levels: ReadonlyMap<string, LogLevel>, category: string): LogLevel {
  const parts = category.toLowerCase().split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const level = levels.get(parts.slice(0, length).join("."));
    if (level !== undefined) return level;
  }
  return levels.get("default") ?? FALLBACK;
}

/** Understands the spellings of host.json, `Information` and `information` alike. */
export function parseLogLevel(text: string): LogLevel {
  const level = LEVELS.find((each) => each === text.toLowerCase());
  if (level === undefined) throw new Error(`"${text}" is not a log level.`);
  return level;
}
