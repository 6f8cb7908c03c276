/** ISO 8601 durations of fixed length: whole weeks, days, hours and minutes. Months and years have none. */
import * as z from "zod";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Parses to milliseconds. */
export const durationSchema = z
  .string()
  .regex(/^P(?=.)(\d{1,4}W|(\d{1,5}D)?(T(?=\d)(\d{1,6}H)?(\d{1,8}M)?)?)$/, {
    error: "expected an ISO 8601 duration of weeks, days, hours and minutes, such as PT4H or P1D",
  })
  .transform(durationInMilliseconds);

function durationInMilliseconds(text: string): number {
  const part = (unit: RegExp): number => Number(unit.exec(text)?.[1] ?? 0);
  const days = part(/(\d+)D/) + 7 * part(/(\d+)W/);
  return days * DAY + part(/(\d+)H/) * HOUR + part(/T.*?(\d+)M/) * MINUTE;
}

/** The inverse, for people and for answers: `P1DT2H`. */
export function durationText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / MINUTE);
  const days = Math.floor(minutes / 1440);
  const part = (count: number, unit: string) => (count > 0 ? `${count}${unit}` : "");
  const time = part(Math.floor((minutes % 1440) / 60), "H") + part(minutes % 60, "M");
  const text = `P${part(days, "D")}${time === "" ? "" : `T${time}`}`;
  return text === "P" ? "PT0M" : text;
}
