/** The shape of a grant in the HTTP API. The SAS is not part of it. */
import type { Grant } from "../grants/grant.ts";
import { durationText } from "../policy/duration.ts";

export interface GrantResource {
  readonly id: string;
  readonly state: Grant["state"];
  readonly holder: { readonly id: string; readonly kind: "person" | "app" };
  readonly vm: string;
  readonly restorePoint: string;
  /** Of a copy. */
  readonly region?: string;
  readonly disk: { readonly name: string; readonly lun?: number; readonly sizeInGB?: number };
  readonly diskRestorePointId: string;
  /** What the grants of one request have in common. */
  readonly group?: string;
  readonly reason: string;
  readonly ticket?: string;
  /** ISO 8601. */
  readonly requestedDuration: string;
  readonly effectiveDuration: string;
  readonly cappedBy?: Grant["cappedBy"];
  readonly requestedAt: string;
  readonly activeSince?: string;
  readonly expiresAt: string;
  /** The operation that asks Azure for access. */
  readonly operationId: string;
  readonly readings: { readonly count: number; readonly newest: readonly string[] };
  readonly ending?: {
    readonly cause: string;
    readonly at: string;
    readonly by?: { readonly id: string; readonly kind: "person" | "app" };
    readonly operationId: string;
    readonly lateSince?: string;
  };
  readonly revokedAt?: string;
  /** From when it was to end to when that was confirmed. */
  readonly lagSeconds?: number;
  readonly error?: Grant["error"];
}

export function grantResource(grant: Grant): GrantResource {
  const { id, state, holder, vm, point, diskRestorePointId, reason, requestedAt, expiresAt } =
    grant;
  const { name, lun, sizeInGB } = grant.disk;
  return {
    id,
    state,
    holder: { id: holder.id, kind: holder.kind },
    vm,
    restorePoint: point,
    ...given({ region: grant.region }),
    disk: { name, ...given({ lun, sizeInGB }) },
    diskRestorePointId,
    ...given({ group: grant.group }),
    reason,
    ...given({ ticket: grant.ticket }),
    requestedDuration: durationText(grant.requestedMs),
    effectiveDuration: durationText(grant.effectiveMs),
    ...given({ cappedBy: grant.cappedBy }),
    requestedAt,
    ...given({ activeSince: grant.activeSince }),
    expiresAt,
    operationId: grant.operation,
    readings: { count: grant.readings, newest: grant.readAt },
    ...given({ ending: grant.ending && endingOf(grant.ending) }),
    ...given({ revokedAt: grant.revokedAt }),
    ...(grant.lagMs === undefined ? {} : { lagSeconds: grant.lagMs / 1000 }),
    ...given({ error: grant.error }),
  };
}

const endingOf = ({ cause, at, by, operation, lateSince }: NonNullable<Grant["ending"]>) => ({
  ...{ cause, at, operationId: operation },
  ...given({ by, lateSince }),
});

/** Without what is undefined. */
const given = <T extends object>(properties: T) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: NonNullable<T[Name]>;
  };
