/** One tick on Azurite, with so many protected VMs in its tables. */
import { TableClient } from "@azure/data-tables";
import { azureDelayedMessages } from "../../src/lib/azure/azure-delayed-messages.ts";
import { azureTables } from "../../src/lib/azure/azure-tables.ts";
import { protectionTable } from "../../src/lib/fleet/protection.ts";
import { dueTable } from "../../src/lib/operations/due.ts";
import { dueVms } from "../../src/lib/plan/due-vms.ts";
import { startRealStorage, storageCredential } from "../../test/contract/real-storage.ts";
import { countRequests } from "./count-requests.ts";
import { fillTable } from "./fill-table.ts";
import { dueRows, fleetRows } from "./fleet-rows.ts";
import { quiet } from "./quiet.ts";

export interface TickOnAzurite {
  readonly fillSeconds: number;
  readonly transactions: number;
  readonly tickMs: number;
}

export async function tickOnAzurite(vms: number, now: Date): Promise<TickOnAzurite> {
  const storage = await startRealStorage();
  try {
    const began = performance.now();
    const { protections, due } = fleetRows(vms, now);
    const client = (name: string) =>
      TableClient.fromConnectionString(storage.connectionString, name);
    await fillTable(client(protectionTable.name), protectionTable, protections);
    await fillTable(client(dueTable.name), dueTable, due);
    const fillSeconds = (performance.now() - began) / 1000;

    const tables = azureTables(storage.urls.table, storageCredential);
    const delayed = azureDelayedMessages(storage.urls.queue, storageCredential);
    const tick = () => dueVms({ tables, delayed, now: () => now })(quiet);
    // The first tick makes the queue.
    await tick();
    for (const row of dueRows(now)) await tables.due.upsert(row);
    let tickMs = 0;
    const transactions = await countRequests(async () => {
      const start = performance.now();
      await tick();
      tickMs = performance.now() - start;
    });
    return { fillSeconds, transactions, tickMs };
  } finally {
    await storage.close();
  }
}
