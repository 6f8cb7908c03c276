/** What the API is asked for: enough VMs and grants that a page is not all of them, and one operation. */
import { TableClient } from "@azure/data-tables";
import { protectionKey, protectionTable } from "../../src/lib/fleet/protection.ts";
import { grantTable } from "../../src/lib/grants/grant.ts";
import { grantIdOf, grantKey } from "../../src/lib/grants/grant-id.ts";
import { operationKey, operationTable } from "../../src/lib/operations/operation.ts";
import type { EntityKey, TableDefinition } from "../../src/lib/state/entity-table.ts";
import { storageCredential } from "../../test/contract/real-storage.ts";
import { grant } from "../../test/fixtures/grants.ts";
import { operation } from "../../test/fixtures/records.ts";
import { fillTable } from "../scale/fill-table.ts";
import { fleetRows } from "../scale/fleet-rows.ts";

const ROWS = 200;
export const HOLDER = "app-1";

/** A table with its rows in it, and the key of the one that is read. */
export interface Filled {
  readonly client: TableClient;
  readonly key: EntityKey;
  readonly id: string;
}

export async function fillTables(url: string, now: Date) {
  const fill = async <T extends object>(definition: TableDefinition<T>, rows: readonly T[]) => {
    const client = new TableClient(url, definition.name, storageCredential);
    await fillTable(client, definition, rows);
    return client;
  };
  const { protections } = fleetRows(ROWS, now);
  // Over, so that the app itself leaves them alone.
  const ended = operation({ state: "Succeeded", endedAt: now.toISOString() });
  const grants = Array.from({ length: ROWS }, (_, number) =>
    grant({ id: grantIdOf(HOLDER, String(number).padStart(26, "0")), state: "Revoked" }),
  );
  const [vm, held] = [protections[ROWS / 2], grants[ROWS / 2]];
  if (vm === undefined || held === undefined) throw new Error("There are no rows.");
  const [ofVms, ofGrants, ofOperations] = [
    await fill(protectionTable, protections),
    await fill(grantTable, grants),
    await fill(operationTable, [ended]),
  ];
  return {
    vms: { client: ofVms, key: protectionKey(vm.vm), id: vm.vm },
    grants: { client: ofGrants, key: grantKey(held.id), id: held.id },
    operations: { client: ofOperations, key: operationKey(ended.id), id: ended.id },
  } satisfies Record<string, Filled>;
}
