/**
 * How long a search of the fleet for missed RPOs takes: it is a chain of messages, one for a hundred VMs, so that its
 * time follows the fleet. On a local stack whose tables hold 3,000 protected VMs, none of them late.
 */
import { TableClient } from "@azure/data-tables";
import { startStack } from "../local/stack/start-stack.ts";
import { protectionTable } from "../src/lib/fleet/protection.ts";
import { atRest } from "./at-rest.ts";
import { runTimer } from "./inputs/timers.ts";
import { invocations } from "./invocations.ts";
import { conclude } from "./report.ts";
import { fillTable } from "./scale/fill-table.ts";
import { fleetRows } from "./scale/fleet-rows.ts";

const VMS = 3000;
const PAGE = 100;
const SEARCH_EVERY_SECONDS = 15 * 60;

const stack = await startStack({ seed: false });
try {
  const { azurite } = stack;
  const tables = TableClient.fromConnectionString(
    azurite.connectionString(azurite.account),
    protectionTable.name,
  );
  // The policies of the deployment have gone through the fleet before there is one.
  await stack.api("/policies");
  await atRest(stack);
  await fillTable(tables, protectionTable, fleetRows(VMS, new Date()).protections);
  const began = Date.now();
  await runTimer(stack, "FindBreaches");
  await atRest(stack);
  const pages = (await invocations(stack)).filter(
    ({ name, startedAt }) => name === "Notify" && startedAt >= began,
  );
  const last = pages.at(-1);
  if (last === undefined || pages.length !== VMS / PAGE)
    throw new Error(`${pages.length} pages were searched.`);
  const milliseconds = (last.startedAt + last.durationMs - began) / pages.length;
  conclude({
    bench: "breaches",
    figures: {
      pages: pages.length,
      millisecondsOfPage: Math.round(milliseconds),
      vmsInFifteenMinutes: Math.round((SEARCH_EVERY_SECONDS * 1000 * PAGE) / milliseconds),
    },
    targets: [],
  });
} finally {
  await stack.close();
}
