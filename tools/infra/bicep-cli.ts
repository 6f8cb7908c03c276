import { command, type Run } from "../../infra/hooks/run.ts";

export interface BicepCli {
  readonly name: string;
  /** Both write to stdout, and the diagnostics to stderr. */
  build(file: string): ReturnType<Run>;
  lint(file: string): ReturnType<Run>;
  buildParams(file: string): ReturnType<Run>;
}

export const NO_CLI = `There is no Bicep CLI: neither \`bicep\` nor an Azure CLI that has it (\`az bicep install\`) is on the PATH.
The templates were not compiled and not linted. How to get one: https://aka.ms/bicep-install`;

/** What the parameter file reads from its environment and has no default for. */
const SAMPLES = {
  AZURE_ENV_NAME: "sample",
  AZURE_LOCATION: "westeurope",
  AZURE_SUBSCRIPTION_ID: "00000000-0000-0000-0000-000000000000",
  API_APP_ID: "00000000-0000-0000-0000-000000000000",
};

/** `bicep` itself before the one that `az` keeps; undefined where there is neither. */
export async function bicepCli(): Promise<BicepCli | undefined> {
  const env = { ...SAMPLES, ...process.env };
  const bicep = command("bicep", env);
  if ((await bicep(["--version"])).exitCode === 0) {
    return {
      name: "bicep",
      build: (file) => bicep(["build", file, "--stdout"]),
      lint: (file) => bicep(["lint", file]),
      buildParams: (file) => bicep(["build-params", file, "--stdout"]),
    };
  }
  const az = command("az", env);
  if ((await az(["bicep", "version"])).exitCode !== 0) return undefined;
  return {
    name: "az bicep",
    build: (file) => az(["bicep", "build", "--file", file, "--stdout"]),
    lint: (file) => az(["bicep", "lint", "--file", file]),
    buildParams: (file) => az(["bicep", "build-params", "--file", file, "--stdout"]),
  };
}
