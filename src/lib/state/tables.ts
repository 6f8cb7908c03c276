/** All tables of the app, each typed by its records. */
import type { AuditRow } from "../audit/audit-table.ts";
import type { ForeignPoints } from "../fleet/foreign-points.ts";
import type { Protection } from "../fleet/protection.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import type { DiskLocks } from "../grants/disk-locks.ts";
import type { Grant } from "../grants/grant.ts";
import type { GrantDue } from "../grants/grant-due.ts";
import type { ActiveOperation } from "../operations/active-operation.ts";
import type { Due } from "../operations/due.ts";
import type { Operation } from "../operations/operation.ts";
import type { Pacer } from "../operations/pacer.ts";
import type { Partner } from "../partners/partner.ts";
import type { RequestRecord } from "../plan/request-record.ts";
import type { PolicyRecord } from "../policy/policy-record.ts";
import type { Drift } from "../reconcile/drift.ts";
import type { Pass } from "../reconcile/pass.ts";
import type { Seen } from "../reconcile/seen.ts";
import type { RepeatabilityDue } from "../repeatability/repeatability-due.ts";
import type { RepeatableRequest } from "../repeatability/repeatable-request.ts";
import type { Restore } from "../restores/restore.ts";
import type { AppendOnlyTable, EntityTable } from "./entity-table.ts";
import type { Switch } from "./switches.ts";

export interface Tables {
  readonly protections: EntityTable<Protection>;
  readonly points: EntityTable<Point>;
  readonly copies: EntityTable<Copy>;
  readonly foreignPoints: EntityTable<ForeignPoints>;
  readonly operations: EntityTable<Operation>;
  readonly active: EntityTable<ActiveOperation>;
  readonly due: EntityTable<Due>;
  readonly pacer: EntityTable<Pacer>;
  readonly policies: EntityTable<PolicyRecord>;
  readonly partners: EntityTable<Partner>;
  readonly switches: EntityTable<Switch>;
  readonly passes: EntityTable<Pass>;
  readonly seen: EntityTable<Seen>;
  readonly drift: EntityTable<Drift>;
  readonly requests: EntityTable<RequestRecord>;
  readonly restores: EntityTable<Restore>;
  readonly audit: AppendOnlyTable<AuditRow>;
  readonly grants: EntityTable<Grant>;
  readonly locks: EntityTable<DiskLocks>;
  readonly grantDue: EntityTable<GrantDue>;
  readonly repeatability: EntityTable<RepeatableRequest>;
  readonly repeatabilityDue: EntityTable<RepeatabilityDue>;
}
