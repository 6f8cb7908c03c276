/** `az`, as the hook uses it: a failure is an error with what `az` said. */
import type { Run } from "./run.ts";

export class AzureCliError extends Error {}

export interface AzureCli {
  /** The answer of a command. */
  ask(args: readonly string[]): Promise<unknown>;
  /** Whether a resource is there. */
  has(resourceId: string, apiVersion: string): Promise<boolean>;
}

export function azureCli(az: Run): AzureCli {
  return {
    async ask(args) {
      const { exitCode, stdout, stderr } = await az([...args, "--output", "json"]);
      if (exitCode !== 0) throw failure(args, exitCode, stderr);
      return stdout.trim() === "" ? undefined : JSON.parse(stdout);
    },
    async has(resourceId, apiVersion) {
      const args = ["resource", "show", "--ids", resourceId, "--api-version", apiVersion];
      const { exitCode, stderr } = await az([...args, "--output", "none"]);
      if (exitCode === 0) return true;
      if (exitCode !== undefined && /not ?found/i.test(stderr)) return false;
      throw failure(args, exitCode, stderr);
    },
  };
}

function failure(args: readonly string[], exitCode: number | undefined, stderr: string): Error {
  if (exitCode === undefined) {
    return new AzureCliError("The Azure CLI (az) is not on the PATH: https://aka.ms/azure-cli");
  }
  const said = stderr.trim() || `exit code ${exitCode}`;
  return new AzureCliError(`az ${args.slice(0, 3).join(" ")}: ${said}`);
}
