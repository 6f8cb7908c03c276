/** What is told of a grant. Its reason is for the audit log alone. Pure. */
import { vmIdOf } from "../fleet/vm-key.ts";
import { type Grant, LATE_AFTER_MS } from "../grants/grant.ts";
import { type Notification, SOURCE } from "./notification.ts";
import type { Notice } from "./notify-message.ts";

type Happened = Extract<Notice, { of: "grant" }>["happened"];

/** Undefined: the grant does not say so. */
export function describeGrant(grant: Grant, happened: Happened): Notification | undefined {
  const { id, vm, activeSince, ending, revokedAt, lagMs = 0 } = grant;
  const common = { id: `${id}!${happened}`, source: SOURCE, subject: vmIdOf(vm) } as const;
  const data = dataOf(grant);
  if (happened === "issued") {
    if (activeSince === undefined) return undefined;
    const type = "VmRestorePoints.GrantIssued";
    return { ...common, type, time: activeSince, data: { ...data, activeSince } };
  }
  if (ending === undefined) return undefined;
  const ended = { ...data, cause: ending.cause, endedAt: ending.at };
  if (happened === "late") {
    const time = new Date(Date.parse(ending.at) + LATE_AFTER_MS).toISOString();
    return { ...common, type: "VmRestorePoints.GrantLate", time, data: ended };
  }
  if (grant.state !== "Revoked" || revokedAt === undefined) return undefined;
  const type = "VmRestorePoints.GrantRevoked";
  const revoked = { ...ended, revokedAt, lagSeconds: lagMs / 1000 };
  return { ...common, type, time: revokedAt, data: revoked };
}

const dataOf = (grant: Grant) => ({
  grant: grant.id,
  holder: { id: grant.holder.id, kind: grant.holder.kind },
  vm: grant.vm,
  restorePoint: grant.point,
  ...(grant.region === undefined ? {} : { region: grant.region }),
  disk: grant.disk.name,
  diskRestorePointId: grant.diskRestorePointId,
  expiresAt: grant.expiresAt,
});
