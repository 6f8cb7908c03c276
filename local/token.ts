/** `npm run -s token -- operator [--arm]`: prints an access token of a seeded caller, and nothing else. */
import { parseArgs } from "node:util";
import { ARM_AUDIENCE } from "./identity/audience.ts";
import { callers } from "./identity/callers.ts";
import { connectToStack } from "./stack/connect.ts";
import { runCommand, UsageError } from "./stack/run-command.ts";

const names = callers.map(({ name }) => name);
const USAGE = `Usage: npm run -s token -- <caller> [--arm]
  <caller>  ${names.join(", ")}
  --arm     for Azure Resource Manager, not for the API`;

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { arm: { type: "boolean", default: false } },
  });
  const [caller, ...others] = positionals;
  if (caller === undefined || others.length > 0) throw new UsageError("Name one caller.");
  if (!names.includes(caller)) throw new UsageError(`There is no caller "${caller}".`);
  const { tokens, addresses } = await connectToStack();
  return await tokens.get(caller, values.arm ? ARM_AUDIENCE : addresses.apiAudience);
});
