/** `npm run infra:entra`: the app registration of the API in Entra ID, and who has which of its roles. */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { azureCli } from "../hooks/azure-cli.ts";
import { command } from "../hooks/run.ts";
import { assignRole } from "./assign-role.ts";
import { microsoftGraph } from "./graph.ts";
import { registerApi } from "./register-api.ts";

const USAGE = `Usage: npm run infra:entra -- --environment <name>
  --role <Reader|Operator|PolicyAdmin> --to <object id>   gives a person, a group or an app a role, too`;

try {
  const { values } = parseArgs({
    options: {
      environment: { type: "string", default: process.env["AZURE_ENV_NAME"] ?? "" },
      role: { type: "string" },
      to: { type: "string" },
    },
  });
  const { environment, role, to } = values;
  if (!/^[\w-]{1,64}$/.test(environment) || (role === undefined) !== (to === undefined)) {
    throw new Error(USAGE);
  }
  const graph = await microsoftGraph(azureCli(command("az")), pause);
  const appId = await registerApi(graph, environment);
  console.log(`The API is registered. Tell the deployment: azd env set API_APP_ID ${appId}`);
  if (role !== undefined && to !== undefined) {
    const isNew = await assignRole(graph, appId, role, to);
    console.log(`${to} ${isNew ? "is now" : "was already"} ${role}.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
