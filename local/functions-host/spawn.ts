/** Starts a functions host as a child process. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

export interface FunctionsHost {
  readonly url: string;
  readonly functions: readonly string[];
  readonly pid: number;
  /** SIGKILL, a real crash; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM: running invocations end first. */
  stop(): Promise<void>;
  /** The exit code, or the signal that ended the process. */
  readonly exited: Promise<number | string>;
  /** All output so far. */
  output(): string;
}

export interface FunctionsHostOptions {
  /** The folder with host.json and package.json. */
  readonly app: string;
  /** Left out: a free port. */
  readonly port?: number;
  /** The app settings; nothing else is inherited. `NODE_EXTRA_CA_CERTS` must be among them for storage over TLS. */
  readonly env: NodeJS.ProcessEnv;
  readonly onLog?: (line: string) => void;
}

const readySchema = z.object({
  type: z.literal("ready"),
  url: z.string(),
  functions: z.array(z.string()),
});

/** Resolves when every trigger is served; rejects with the output when the process ends before that. */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const child = spawn(
    process.execPath,
    [MAIN, "--app", options.app, "--port", `${options.port ?? 0}`],
    { env: options.env, stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  const output = capture(child, options.onLog);
  const exited = new Promise<number | string>((resolve) => {
    // Not `exit`: output may still be on its way then.
    child.once("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });
  const { url, functions } = await ready(child, exited, output);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    url,
    functions,
    pid: child.pid ?? 0,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    exited,
    output,
  };
}

function capture(child: ChildProcess, onLog: ((line: string) => void) | undefined): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    let unfinished = "";
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      const lines = (unfinished + chunk).split("\n");
      unfinished = lines.pop() ?? "";
      for (const line of lines) onLog?.(line);
    });
  }
  return () => output;
}

async function ready(
  child: ChildProcess,
  exited: Promise<number | string>,
  output: () => string,
): Promise<z.infer<typeof readySchema>> {
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.on("message", (message) => {
      const parsed = readySchema.safeParse(message);
      if (parsed.success) resolve(parsed.data);
    });
    exited.then((code) => {
      reject(new Error(`The functions host ended with ${code} before it was ready.\n${output()}`));
    }, reject);
  });
}
