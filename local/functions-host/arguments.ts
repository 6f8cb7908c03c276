/** The command line. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";

export interface Arguments {
  /** The folder with host.json and package.json. */
  readonly app: string;
  /** 0 stands for a free port. */
  readonly port: number;
  readonly enableAuth: boolean;
}

export function parseArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      app: { type: "string" },
      port: { type: "string", default: "7071" },
      "enable-auth": { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (values.app === undefined) throw new Error("--app <folder> is missing.");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error("--port is invalid.");
  return { app: resolve(values.app), port, enableAuth: values["enable-auth"] };
}
