import { expect, test } from "vitest";
import { outputs } from "../../../src/functions/outputs.ts";
import { allGrantsDue, grantDueAt } from "../../../src/lib/grants/grant-due.ts";
import { grantIdSchema } from "../../../src/lib/grants/grant-id.ts";
import { invocation } from "../../fakes/invocation.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { registrations } from "../../fakes/registered-app.ts";

const NOW = new Date("2026-01-01T12:05:50Z");
const grant = grantIdSchema.parse(
  "00000000-0000-4000-a000-000000000006~01JGFJJZ008R2WMFKX2C5W0000",
);

test("a grant that is due is ended although grants cannot be counted", async () => {
  const tables = memoryTables();
  await tables.grantDue.upsert(grantDueAt(grant, new Date("2026-01-01T12:03:00Z")));
  // Also one that cannot be read, and is late for all that is known.
  tables.grants.get = () => Promise.reject(new Error("It does not fit its schema."));
  const list = tables.grantDue.list.bind(tables.grantDue);
  tables.grantDue.list = (range, page) =>
    range === allGrantsDue ? Promise.reject(new Error("Busy.")) : list(range, page);

  const { handler } = registrations({ tables, now: () => NOW }).get("SweepGrants")?.options ?? {};
  if (typeof handler !== "function") throw new Error("SweepGrants is not registered.");
  const { context, lines } = invocation();
  await handler(undefined, context);

  expect(context.extraOutputs.get(outputs.revokeGrant)).toEqual([{ grant }]);
  expect(lines.join("\n")).toContain("sweepFailed reason=Busy.");
  expect(lines.join("\n")).toContain("grantsSwept late=1");
});
