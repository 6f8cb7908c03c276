/** `npm run docs`: writes what follows from the code: parts of the documentation, and the roles of the deployment. */
import { readFile, writeFile } from "node:fs/promises";
import { roleNames } from "../permissions/arm-call.ts";
import { roleText } from "../permissions/roles.ts";
import { withAccessTable } from "./access-table.ts";
import { withMetricsTable } from "./metrics-table.ts";
import { withPermissionTables } from "./permission-tables.ts";
import { withScaleTables } from "./scale-tables.ts";

const root = new URL("../../", import.meta.url);

async function rewrite(path: string, rewritten: (text: string) => string): Promise<void> {
  const file = new URL(path, root);
  await writeFile(file, rewritten(await readFile(file, "utf8")));
  console.log(`${path} is up to date.`);
}

await rewrite("docs/api.md", withAccessTable);
await rewrite("docs/permissions.md", withPermissionTables);
await rewrite("docs/scale.md", withScaleTables);
await rewrite("docs/telemetry.md", withMetricsTable);
for (const role of roleNames) await rewrite(`infra/bicep/roles/${role}.json`, () => roleText(role));
