import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../fixtures/events/", import.meta.url);

export const eventFiles = readdirSync(folder).filter((name) => name.endsWith(".json"));

type Event = Readonly<Record<string, unknown>> & {
  readonly data: Readonly<Record<string, unknown>>;
};

/** The one event of a file. The Functions host takes a delivery apart, and gives a function each event alone. */
export function eventIn(file: string): Event {
  const delivery: Event | [Event] = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  return Array.isArray(delivery) ? delivery[0] : delivery;
}
