import type { TokenCredential } from "@azure/core-auth";
import { TableClient } from "@azure/data-tables";
import { auditTable } from "../audit/audit-table.ts";
import { foreignPointsTable } from "../fleet/foreign-points.ts";
import { protectionTable } from "../fleet/protection.ts";
import { pointTable } from "../fleet/restore-point.ts";
import { copyTable } from "../fleet/restore-point-copy.ts";
import { diskLocksTable } from "../grants/disk-locks.ts";
import { grantTable } from "../grants/grant.ts";
import { grantDueTable } from "../grants/grant-due.ts";
import { activeTable } from "../operations/active-operation.ts";
import { dueTable } from "../operations/due.ts";
import { operationTable } from "../operations/operation.ts";
import { pacerTable } from "../operations/pacer.ts";
import { partnerTable } from "../partners/partner.ts";
import { requestTable } from "../plan/request-record.ts";
import { policyTable } from "../policy/policy-record.ts";
import { driftTable } from "../reconcile/drift.ts";
import { passTable } from "../reconcile/pass.ts";
import { seenTable } from "../reconcile/seen.ts";
import { repeatabilityDueTable } from "../repeatability/repeatability-due.ts";
import { repeatableRequestTable } from "../repeatability/repeatable-request.ts";
import { restoreTable } from "../restores/restore.ts";
import type { TableDefinition } from "../state/entity-table.ts";
import { switchTable } from "../state/switches.ts";
import type { Tables } from "../state/tables.ts";
import { AzureTable } from "./azure-table.ts";

/** The app's tables at `url`, e.g. `https://account.table.core.windows.net`. */
export function azureTables(url: string, credential: TokenCredential): Tables {
  const table = <T extends object>(definition: TableDefinition<T>) =>
    new AzureTable(new TableClient(url, definition.name, credential), definition);
  return {
    protections: table(protectionTable),
    points: table(pointTable),
    copies: table(copyTable),
    foreignPoints: table(foreignPointsTable),
    switches: table(switchTable),
    passes: table(passTable),
    seen: table(seenTable),
    drift: table(driftTable),
    requests: table(requestTable),
    restores: table(restoreTable),
    audit: table(auditTable),
    operations: table(operationTable),
    active: table(activeTable),
    due: table(dueTable),
    pacer: table(pacerTable),
    policies: table(policyTable),
    partners: table(partnerTable),
    grants: table(grantTable),
    locks: table(diskLocksTable),
    grantDue: table(grantDueTable),
    repeatability: table(repeatableRequestTable),
    repeatabilityDue: table(repeatabilityDueTable),
  };
}
