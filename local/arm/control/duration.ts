/** Durations of ISO 8601, without months and years, which have no length of their own. */

const DURATION =
  /^P(?!$)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SECONDS = [7 * 86_400, 86_400, 3600, 60, 1];

/** Undefined when it is none. */
export function durationMs(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1).map((part, index) => Number(part ?? 0) * (SECONDS[index] ?? 0));
  return parts.reduce((sum, seconds) => sum + seconds, 0) * 1000;
}
