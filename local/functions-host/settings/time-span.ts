/** .NET's TimeSpan, as host.json and timer schedules write it: `[d.]hh:mm[:ss[.fff]]`. */

const PATTERN = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(\.\d{1,7})?)?$/;

/** Milliseconds, or undefined when the text is no TimeSpan. */
export function parseTimeSpan(text: string): number | undefined {
  const match = PATTERN.exec(text.trim());
  if (match === null) return undefined;
  const [days, hours, minutes, seconds, fraction] = match.slice(1).map((each) => Number(each ?? 0));
  if (days === undefined || hours === undefined || minutes === undefined) return undefined;
  // .NET reads "24:00:00" as 24 days, which nobody means.
  if (hours > 23 || minutes > 59 || (seconds ?? 0) > 59) return undefined;
  const wholeSeconds = ((days * 24 + hours) * 60 + minutes) * 60 + (seconds ?? 0);
  return Math.round((wholeSeconds + (fraction ?? 0)) * 1000);
}
