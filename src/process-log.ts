/** The log of what belongs to no invocation: the Functions host reads the output of its worker. */
import { type EventName, type Fields, type Log, lineOf } from "./lib/telemetry.ts";
import { noteEvent } from "./telemetry/note-event.ts";

/** An invocation may have brought it about all the same. */
const line = (event: EventName, fields: Fields) =>
  `${lineOf(event, noteEvent(event, fields, ""))}\n`;

export const processLog: Log = {
  info: (event, fields) => void process.stdout.write(line(event, fields)),
  warn: (event, fields) => void process.stderr.write(line(event, fields)),
  error: (event, fields) => void process.stderr.write(line(event, fields)),
};
