/**
 * `npm run rebuild`: has the app make its catalogue again after a loss of its tables, and waits for it. Deletions are
 * off from then on; `npm run rebuild -- --resume` lets them go on.
 */
import { parseArgs } from "node:util";
import { runCommand, UsageError } from "../local/stack/run-command.ts";
import { type Api, apiOf } from "./api.ts";
import { followPasses } from "./follow-passes.ts";

const USAGE = `Usage: npm run rebuild                 of the local stack that runs
       npm run rebuild -- --resume     lets deletions go on
  --url <https://...>  of an app in Azure; API_TOKEN in the environment is a token of a PolicyAdmin
  --json               the outcome as JSON, for a script`;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      resume: { type: "boolean", default: false },
      url: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (values.url !== undefined && !values.url.startsWith("https://")) {
    throw new UsageError("--url begins with https://");
  }
  const api = await apiOf(values.url);
  const outcome = values.resume ? await resume(api) : await rebuild(api, !values.json);
  return values.json ? JSON.stringify(outcome.figures) : outcome.text;
});

interface Outcome {
  readonly text: string;
  readonly figures: object;
}

async function resume(api: Api): Promise<Outcome> {
  const reason = "The rebuilt catalogue was looked over.";
  const figures = await api("PUT", "/switches/deletions", { value: "on", reason });
  return { figures, text: "Deletions go on. What retention no longer keeps goes within the hour." };
}

interface Begun {
  readonly policiesRestored: number;
  readonly partnersRestored: number;
}

async function rebuild(api: Api, isVerbose: boolean): Promise<Outcome> {
  const { policiesRestored, partnersRestored } = await api<Begun>("POST", "/rebuild");
  const print = (line: string) => (isVerbose ? console.error(line) : undefined);
  print("Deletions are off. The subscriptions are looked through, page by page.");
  const passes = await followPasses(api, print);
  const adopted = passes.reduce((sum, pass) => sum + (pass.adopted ?? 0), 0);
  return {
    figures: { policiesRestored, partnersRestored, adopted, subscriptions: passes },
    text: `Back from their copies: policies ${policiesRestored}, partners ${partnersRestored}. Restore points and copies taken in: ${adopted}.
Look the catalogue over (GET /api/vms, /api/vms/{vm}/explain); then: npm run rebuild -- --resume`,
  };
}
