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
import { requestTable } from "../../src/lib/plan/request-record.ts";
import { policyTable } from "../../src/lib/policy/policy-record.ts";
import { driftTable } from "../../src/lib/reconcile/drift.ts";
import { passTable } from "../../src/lib/reconcile/pass.ts";
import { seenTable } from "../../src/lib/reconcile/seen.ts";
import { repeatabilityDueTable } from "../../src/lib/repeatability/repeatability-due.ts";
import { repeatableRequestTable } from "../../src/lib/repeatability/repeatable-request.ts";
import { restoreTable } from "../../src/lib/restores/restore.ts";
import { type EntityTable, every, type KeyRange } from "../../src/lib/state/entity-table.ts";
import { switchTable } from "../../src/lib/state/switches.ts";
import { type InMemoryOptions, InMemoryTable } from "./in-memory-table.ts";

/** All tables of the app, empty. */
export const memoryTables = (options: InMemoryOptions = {}) => ({
  protections: new InMemoryTable(protectionTable, options),
  points: new InMemoryTable(pointTable, options),
  copies: new InMemoryTable(copyTable, options),
  foreignPoints: new InMemoryTable(foreignPointsTable, options),
  switches: new InMemoryTable(switchTable, options),
  passes: new InMemoryTable(passTable, options),
  seen: new InMemoryTable(seenTable, options),
  drift: new InMemoryTable(driftTable, options),
  requests: new InMemoryTable(requestTable, options),
  restores: new InMemoryTable(restoreTable, options),
  audit: new InMemoryTable(auditTable, options),
  operations: new InMemoryTable(operationTable, options),
  active: new InMemoryTable(activeTable, options),
  due: new InMemoryTable(dueTable, options),
  pacer: new InMemoryTable(pacerTable, options),
  policies: new InMemoryTable(policyTable, options),
  partners: new InMemoryTable(partnerTable, options),
  grants: new InMemoryTable(grantTable, options),
  locks: new InMemoryTable(diskLocksTable, options),
  grantDue: new InMemoryTable(grantDueTable, options),
  repeatability: new InMemoryTable(repeatableRequestTable, options),
  repeatabilityDue: new InMemoryTable(repeatabilityDueTable, options),
});

/** Everything in a table, in order. */
export async function allOf<T>(table: EntityTable<T>, range: KeyRange = {}): Promise<T[]> {
  const records: T[] = [];
  for await (const record of every(table, range)) records.push(record);
  return records;
}
