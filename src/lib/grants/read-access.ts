/**
 * The holder reads the SAS: from Azure, at this moment, and every reading is recorded. It is in nobody's hands before it
 * is on the record, and not given out when the grant has begun to end meanwhile.
 */
import type { Arm } from "../operations/arm.ts";
import type { FollowUp } from "../operations/messages.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { auditGrant } from "./audit-grant.ts";
import type { Grant } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantDueAt } from "./grant-due.ts";
import { grantKey } from "./grant-id.ts";
import { read, refresh } from "./grant-moves.ts";
import { askingOf } from "./grant-operations.ts";
import type { Sas } from "./sas.ts";

export interface ReadAccessDeps extends GrantDeps {
  readonly arm: Pick<Arm, "getAccess">;
}

export type AccessReading =
  | { readonly kind: "read"; readonly sas: Sas; readonly grant: Grant }
  /** It is not Active, or not any more. */
  | { readonly kind: "notActive"; readonly grant: Grant }
  /** Azure does not have it at hand, and was asked anew. */
  | { readonly kind: "notReady"; readonly followUp: FollowUp }
  | { readonly kind: "unavailable"; readonly retryAfterMs: number };

const RETRY_AFTER_MS = 5000;

/** `what`: the reading of the SAS itself, or of the ranges that it leads to. */
export async function readAccess(
  deps: ReadAccessDeps,
  grant: Grant,
  what: { readonly action: "accessRead" | "changesRead"; readonly correlationId: string },
  log: Log,
): Promise<AccessReading> {
  const { tables, now, arm } = deps;
  if (read(grant, now()) === undefined) return { kind: "notActive", grant };
  if (grant.resultUrl === undefined) return await askAnew(deps, grant);
  const answer = await arm.getAccess(grant.resultUrl);
  if (answer.kind === "notFound") return await askAnew(deps, grant);
  if (answer.kind !== "found") {
    log.warn("accessUnavailable", { grant: grant.id, code: answer.error.code });
    const retryAfterMs = answer.kind === "throttled" ? answer.retryAfterMs : RETRY_AFTER_MS;
    return { kind: "unavailable", retryAfterMs };
  }
  let noted: Grant | undefined;
  const current = await changeRecord(tables.grants, grantKey(grant.id), (each) => {
    noted = read(each, now());
    return noted;
  });
  if (noted === undefined) return { kind: "notActive", grant: current ?? grant };
  const at = noted.readAt.at(-1) ?? now().toISOString();
  const { readings: number, holder: actor } = noted;
  await auditGrant(deps, noted, { ...what, at, actor, number });
  log.info("accessRead", { grant: grant.id, vm: grant.vm, reading: number });
  return { kind: "read", sas: answer.sas, grant: noted };
}

async function askAnew(deps: ReadAccessDeps, grant: Grant): Promise<AccessReading> {
  const { tables, now, newUlid } = deps;
  const next = operationIdOf(grant.vm, newUlid(now()));
  await tables.grantDue.upsert(grantDueAt(grant.id, now()));
  const asking = await changeRecord(tables.grants, grantKey(grant.id), (each) =>
    refresh(each, next),
  );
  const operation = asking && askingOf(asking, now());
  return { kind: "notReady", followUp: operation ? await recordOperation(deps, operation) : {} };
}
