/** Microsoft Graph, with the login of the Azure CLI. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AzureCli, AzureCliError } from "../hooks/azure-cli.ts";

export interface Graph {
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
  /** Makes what is not there, changes what is; the answer is what was made. */
  upsert(path: string, body: object): Promise<unknown>;
}

const TRIES = 12;
const BETWEEN_TRIES_MS = 5000;

/** What was made a moment ago is not known everywhere at once. */
const NOT_YET = /not ?found|does not exist|does not reference a valid application/i;

export async function microsoftGraph(
  az: AzureCli,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<Graph> {
  const query = ["--query", "endpoints.microsoftGraphResourceId"];
  const address = String(await az.ask(["cloud", "show", ...query])).replace(/\/$/, "");

  async function ask(method: string, path: string, rest: readonly string[]): Promise<unknown> {
    const args = ["rest", "--method", method, "--uri", `${address}/v1.0/${path}`, ...rest];
    for (let tried = 1; ; tried++) {
      try {
        return await az.ask(args);
      } catch (error) {
        const mayHelp = error instanceof AzureCliError && NOT_YET.test(error.message);
        if (!mayHelp || tried === TRIES) throw error;
        await pause(BETWEEN_TRIES_MS);
      }
    }
  }

  /** In a file, which no shell reads anything into. */
  async function send(method: string, path: string, body: object, ...headers: string[]) {
    const folder = await mkdtemp(join(tmpdir(), "graph-"));
    try {
      const file = join(folder, "body.json");
      await writeFile(file, JSON.stringify(body));
      const given = ["--headers", "Content-Type=application/json", ...headers];
      return await ask(method, path, [...given, "--body", `@${file}`]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  return {
    get: (path) => ask("get", path, []),
    post: (path, body) => send("post", path, body),
    upsert: (path, body) => send("patch", path, body, "Prefer=create-if-missing"),
  };
}
