/** What `npm run arm` can be told. */
import { parseArgs } from "node:util";
import { UsageError } from "../../stack/run-command.ts";

export const USAGE = `Usage: npm run arm -- [--port <port>] [--data <folder>] [--json]
  --port <port>    of Azure Resource Manager; 0: a free one (default ${7443}, or a free one when it is taken)
  --data <folder>  keeps everything there, across restarts (default: nothing is kept)
  --json           prints one line of JSON when ready, and nothing else, on standard output
  --help           prints this`;

export interface AloneArguments {
  readonly port: number | undefined;
  readonly data: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

/** Throws, naming what is wrong. */
export function readArguments(given: readonly string[]): AloneArguments {
  const { values } = parseArgs({
    args: [...given],
    options: {
      port: { type: "string" },
      data: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { port, data, json, help } = values;
  if (data === "") throw new UsageError("--data needs a folder.");
  return { port: port === undefined ? undefined : portOf(port), data, json, help };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`--port: "${text}" is no port from 0 to 65535.`);
}
