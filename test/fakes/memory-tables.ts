import { auditTable } from "../../src/lib/audit/audit-table.ts";
import { foreignPointsTable } from "../../src/lib/fleet/foreign-points.ts";
import { protectionTable } from "../../src/lib/fleet/protection.ts";
import { pointTable } from "../../src/lib/fleet/restore-point.ts";
import { copyTable } from "../../src/lib/fleet/restore-point-copy.ts";
import { diskLocksTable } from "../../src/lib/grants/disk-locks.ts";
import { grantTable } from "../../src/lib/grants/grant.ts";
import { grantDueTable } from "../../src/lib/grants/grant-due.ts";
import { activeTable } from "../../src/lib/operations/active-operation.ts";
import { dueTable } from "../../src/lib/operations/due.ts";
import { operationTable } from "../../src/lib/operations/operation.ts";
import { pacerTable } from "../../src/lib/operations/pacer.ts";
import { partnerTable } from "../../src/lib/partners/partner.ts";
import { policyTable } from "../../src/lib/policy/policy-record.ts";
import { driftTable } from "../../src/lib/reconcile/drift.ts";
import { passTable } from "../../src/lib/reconcile/pass.ts";
import { seenTable } from "../../src/lib/reconcile/seen.ts";
import { type EntityTable, every, type KeyRange } from "../../src/lib/state/entity-table.ts";
import { switchTable } from "../../src/lib/state/switches.ts";
import { InMemoryTable } from "./in-memory-table.ts";

/** All tables of the app, empty. */
export const memoryTables = () => ({
  protections: new InMemoryTable(protectionTable),
  points: new InMemoryTable(pointTable),
  copies: new InMemoryTable(copyTable),
  foreignPoints: new InMemoryTable(foreignPointsTable),
  switches: new InMemoryTable(switchTable),
  passes: new InMemoryTable(passTable),
  seen: new InMemoryTable(seenTable),
  drift: new InMemoryTable(driftTable),
  audit: new InMemoryTable(auditTable),
  operations: new InMemoryTable(operationTable),
  active: new InMemoryTable(activeTable),
  due: new InMemoryTable(dueTable),
  pacer: new InMemoryTable(pacerTable),
  policies: new InMemoryTable(policyTable),
  partners: new InMemoryTable(partnerTable),
  grants: new InMemoryTable(grantTable),
  locks: new InMemoryTable(diskLocksTable),
  grantDue: new InMemoryTable(grantDueTable),
});

/** Everything in a table, in order. */
export async function allOf<T>(table: EntityTable<T>, range: KeyRange = {}): Promise<T[]> {
  const records: T[] = [];
  for await (const record of every(table, range)) records.push(record);
  return records;
}
