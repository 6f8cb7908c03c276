/** Runs a command to its end. */
import { spawn } from "node:child_process";

export interface Outcome {
  /** Undefined: there is no such command. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export type Run = (args: readonly string[]) => Promise<Outcome>;

/** On Windows both `az` and `bicep` may be scripts, which only its shell starts. */
const throughShell = process.platform === "win32";
const quoted = (arg: string) => (throughShell && /\s/.test(arg) ? `"${arg}"` : arg);

export const command =
  (name: string, env: NodeJS.ProcessEnv = process.env): Run =>
  (args) =>
    new Promise((resolve, reject) => {
      const child = spawn(name, args.map(quoted), { shell: throughShell, env });
      let [stdout, stderr] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      child.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") resolve({ exitCode: undefined, stdout, stderr });
        else reject(error);
      });
      child.on("close", (exitCode) => resolve({ exitCode: exitCode ?? 1, stdout, stderr }));
    });
