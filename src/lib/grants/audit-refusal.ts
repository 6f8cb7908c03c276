/** A request that came to nothing is on record as well, with why. */
import { appendAudit } from "../audit/append-audit.ts";
import type { Grant, Holder } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import type { GrantRequest } from "./grant-request.ts";

export type RefusalDeps = Pick<GrantDeps, "now"> & {
  readonly tables: Pick<GrantDeps["tables"], "audit">;
};

interface RefusedRequest {
  readonly holder: Holder;
  readonly request: GrantRequest;
  /** Of the request, which it is refused with. */
  readonly correlationId: string;
  readonly error: { readonly code: string; readonly message: string };
}

export async function auditRefusal(
  { tables, now }: RefusalDeps,
  { holder, request, correlationId, error }: RefusedRequest,
): Promise<void> {
  const { vm, restorePoint: point, region, disk, reason, ticket } = request;
  await appendAudit(
    { tables },
    {
      id: `${correlationId}!grantRefused`,
      at: now().toISOString(),
      action: "grantRefused",
      actor: { id: holder.id, kind: holder.kind },
      holder: holder.id,
      ...{ vm, point, region, disk, reason, ticket, correlationId },
      code: error.code,
      message: error.message,
    },
  );
}

/** The SAS of a grant was asked for in vain. */
export async function auditRefusedReading(
  { tables, now }: RefusalDeps,
  grant: Grant,
  { id, kind }: Holder,
  correlationId: string,
  code: string,
): Promise<void> {
  const { vm, point, region, disk, diskRestorePointId, reason, ticket, group } = grant;
  await appendAudit(
    { tables },
    {
      id: `${correlationId}!accessRefused`,
      at: now().toISOString(),
      action: "accessRefused",
      actor: { id, kind },
      holder: grant.holder.id,
      ...{ vm, point, region, disk: disk.name, diskRestorePointId, reason, ticket, group },
      grant: grant.id,
      ...{ correlationId, code },
    },
  );
}
