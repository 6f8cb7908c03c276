/** A folder with commands that answer as told and write down what they were asked; a process has it for its PATH. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Answer {
  /** Of what stands behind the command's name. */
  readonly asked: RegExp;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Each call with the command's name: `az login`. */
  readonly calls: readonly string[];
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a script of ours, with its arguments, beside commands that are fakes; others than these and Node it does not find. */
export async function runBeside(
  script: string | readonly string[],
  commands: Readonly<Record<string, readonly Answer[]>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), "fake-cli-"));
  const log = join(folder, "calls.txt");
  for (const [name, answers] of Object.entries(commands)) {
    const path = join(folder, name);
    await writeFile(path, program(name, log, answers));
    await chmod(path, 0o755);
  }
  const PATH = [folder, dirname(process.execPath)].join(":");
  const child = spawn(process.execPath, [script].flat(), { cwd: ROOT, env: { ...env, PATH } });
  const texts = [child.stdout, child.stderr].map(async (stream) => {
    const chunks = await stream.setEncoding("utf8").toArray();
    return chunks.join("");
  });
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout = "", stderr = ""] = await Promise.all(texts);
  const calls = existsSync(log) ? (await readFile(log, "utf8")).trimEnd().split("\n") : [];
  return { exitCode, stdout, stderr, calls };
}

function program(name: string, log: string, answers: readonly Answer[]): string {
  const table = answers.map(({ asked, ...answer }) => ({ asked: asked.source, ...answer }));
  return `#!/usr/bin/env node
const asked = process.argv.slice(2).join(" ");
require("node:fs").appendFileSync(${JSON.stringify(log)}, ${JSON.stringify(name)} + " " + asked + "\\n");
const answer = ${JSON.stringify(table)}.find((each) => new RegExp(each.asked).test(asked)) ?? {};
process.stdout.write(answer.stdout ?? "");
process.stderr.write(answer.stderr ?? "");
process.exitCode = answer.exitCode ?? 0;
`;
}
