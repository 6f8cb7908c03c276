import * as z from "zod";

/** An IANA time zone that this runtime knows, such as `Europe/Berlin`. */
export const timeZoneSchema = z.string().max(60).refine(isTimeZone, {
  error: "expected an IANA time zone, such as Europe/Berlin or UTC",
});

function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are accepted by Intl, but never change with the season.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
