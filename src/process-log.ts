/** The log of what belongs to no invocation: the Functions host reads the output of its worker. */
import { type Log, lineOf } from "./lib/telemetry.ts";

export const processLog: Log = {
  info: (event, fields) => void process.stdout.write(`${lineOf(event, fields)}\n`),
  warn: (event, fields) => void process.stderr.write(`${lineOf(event, fields)}\n`),
  error: (event, fields) => void process.stderr.write(`${lineOf(event, fields)}\n`),
};
