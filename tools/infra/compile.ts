import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BicepCli } from "./bicep-cli.ts";

const FOLDER = fileURLToPath(new URL("../../infra/bicep", import.meta.url));

type Print = (line: string) => void;

/** Those at the top, which reach all the modules. The number of them that are not well. */
export async function compile(cli: BicepCli, print: Print, complain: Print): Promise<number> {
  let wrong = 0;
  for (const name of readdirSync(FOLDER).filter((file) => /\.bicep(param)?$/.test(file))) {
    const said = await complaintsAbout(cli, join(FOLDER, name));
    if (said === undefined) print(`${name}: well`);
    else {
      complain(`${name}:\n${said}`);
      wrong++;
    }
  }
  return wrong;
}

/** Warnings count: the rules that are not errors in bicepconfig.json are off. */
async function complaintsAbout(cli: BicepCli, file: string): Promise<string | undefined> {
  const steps = file.endsWith(".bicepparam") ? [cli.buildParams] : [cli.build, cli.lint];
  for (const step of steps) {
    const { exitCode, stderr } = await step(file);
    const said = stderr.trim();
    if (exitCode !== 0 || /\b(Warning|Error) [\w-]+:/.test(said))
      return said || `exit code ${exitCode}`;
  }
  return undefined;
}
